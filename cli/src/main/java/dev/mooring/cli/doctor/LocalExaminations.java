package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Examiner;
import dev.mooring.operations.diagnosis.DiagnosisAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Examines dependencies from this process, with the settings of the service.
 *
 * @param examinees gives the dependencies anew for each examination, because an {@link Examinee} can be examined once
 * @param limit the longest time for each layer
 */
record LocalExaminations(Supplier<List<Examinee>> examinees, Duration limit) implements Examinations {
    /** Layers of a dependency that each may need the whole limit, and room besides. */
    private static final int LIMITS_IN_ALL = 12;

    @Override
    public Result examine() {
        List<CompletableFuture<Examined>> running =
                examinees.get().stream().map(this::begin).toList();
        return new Result(running.stream().map(CompletableFuture::join).toList());
    }

    /** Examines on a thread of its own, so that several hanging dependencies cost the time of one. */
    private CompletableFuture<Examined> begin(Examinee one) {
        CompletableFuture<Examined> result = new CompletableFuture<>();
        if (one.examination().isEmpty()) {
            result.complete(Examined.absent(one.name(), one.critical(), one.absent()));
            return result;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(Examined.of(DiagnosisAnswer.of(Examiner.examine(
                                one.name(),
                                one.critical(),
                                one.examination().get(),
                                limit.multipliedBy(LIMITS_IN_ALL)))));
                    } catch (Throwable failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "mooring-doctor-" + one.name());
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
