package dev.mooring.diagnosis;

import dev.mooring.failure.Failure;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of all diagnoses. It takes the layers in order, each on a thread of its own and within its limit, stops at the first fatal check
 * that fails, and marks the layers behind it as not reached. A step that is late keeps its thread until what it registered is closed; the
 * engine does not wait for it.
 */
public final class Examiner {
    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);

    private final String dependency;
    private final boolean critical;
    private final long end;

    private Examiner(String dependency, boolean critical, Duration limit) {
        this.dependency = dependency;
        this.critical = critical;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Examines a dependency; closes the examination at the end.
     *
     * @param limit the longest time for all layers together, at most an hour; each layer has its own limit besides
     * @throws InterruptedException the calling thread was interrupted
     */
    public static Diagnosis examine(String dependency, boolean critical, Examination examination, Duration limit)
            throws InterruptedException {
        try (examination) {
            return new Examiner(dependency, critical, limit).examine(examination);
        }
    }

    private Diagnosis examine(Examination examination) throws InterruptedException {
        Instant at = Instant.now();
        long begun = System.nanoTime();
        List<LayerResult> layers = new ArrayList<>();
        boolean broken = false;
        for (Step step : examination.steps()) {
            LayerResult result = broken ? LayerResult.notReached(step.layer()) : run(step);
            broken |= result.outcome() == Outcome.FAILED;
            layers.add(result);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Diagnosis(dependency, examination.target(), examination.place(), critical, at, took, layers);
    }

    private LayerResult run(Step step) throws InterruptedException {
        long begun = System.nanoTime();
        long limit = Math.max(1, Math.min(step.limit().toNanos(), end - begun));
        Notes notes = new Notes(begun + limit);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        BackgroundLoop.daemon("mooring-diagnosis-" + dependency, () -> work(step, notes, done))
                .start();
        try {
            done.get(limit, TimeUnit.NANOSECONDS);
            return notes.result(step.layer(), begun);
        } catch (TimeoutException late) {
            notes.endLate();
            return notes.broken(
                    step.layer(),
                    begun,
                    new Fault(step.otherwise(), "no result within " + words(limit) + OwnLoad.words()));
        } catch (ExecutionException failed) {
            return notes.broken(step.layer(), begun, fault(step, failed.getCause()));
        } catch (InterruptedException stop) {
            notes.endLate();
            throw stop;
        }
    }

    private static void work(Step step, Notes notes, CompletableFuture<@Nullable Void> done) {
        try {
            step.work().verify(notes);
            done.complete(null);
        } catch (Throwable failed) {
            done.completeExceptionally(failed);
        }
    }

    private static String words(long nanos) {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 500_000));
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static Fault fault(Step step, @Nullable Throwable failed) {
        if (failed instanceof BrokenException broken) {
            return broken.fault();
        }
        LOG.debug("the step {} of a diagnosis failed", step.layer(), failed);
        return new Fault(step.otherwise(), failed == null ? "no reason known" : Failure.oneLine(failed));
    }
}
