package dev.mooring.testing.diagnosis;

import dev.mooring.diagnosis.Cause;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.LayerResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One fault that a test makes for real.
 *
 * @param fault what is wrong, for the name of the test
 * @param layer the layer that a diagnosis has to name
 * @param code the code of the check that has to fail there
 * @param make makes the fault
 * @param remedy does what the check's first causes advise
 * @param causes words of the causes that the diagnosis has to name, in their order; empty where any will do
 */
public record FaultRow(String fault, Layer layer, String code, Act make, Act remedy, List<String> causes) {
    private static final Duration ALL_LAYERS = Duration.ofSeconds(60);
    /** How late a layer may be after its own limit. */
    private static final Duration LATE = Duration.ofSeconds(2);

    /** One step of a test. */
    @FunctionalInterface
    public interface Act {
        /** Does it. */
        void run() throws Exception;
    }

    /** A row for a check whose code says what is wrong. */
    public static FaultRow of(Layer layer, String code, Act make, Act remedy) {
        return new FaultRow(code, layer, code, make, remedy, List.of());
    }

    /** The same with other words for the fault. */
    public FaultRow called(String words) {
        return new FaultRow(words, layer, code, make, remedy, causes);
    }

    /** The same where the diagnosis names exactly these causes; each is found by words of it. */
    public FaultRow because(String... words) {
        return new FaultRow(fault, layer, code, make, remedy, List.of(words));
    }

    /**
     * Makes the fault, expects a diagnosis to name it first and in time, does what the remedy says, and expects a diagnosis that does not name
     * it any more.
     *
     * @param how makes an examination of the dependency as it is then
     * @param limit the limit of each layer
     * @throws AssertionError a diagnosis says something else
     */
    public void prove(Supplier<Examination> how, Duration limit) throws Exception {
        try {
            make.run();
            found(examine(how), limit.plus(LATE));
        } finally {
            remedy.run();
        }
        Diagnosis healed = examine(how);
        require(healed.broken().isEmpty(), "is broken after the remedy", healed);
        require(codes(healed.faults()).noneMatch(code::equals), "is still found after the remedy", healed);
    }

    private static Diagnosis examine(Supplier<Examination> how) throws InterruptedException {
        return Examiner.examine("dependency", true, how.get(), ALL_LAYERS);
    }

    private void found(Diagnosis diagnosis, Duration most) {
        require(diagnosis.firstFault().isPresent(), "is not found", diagnosis);
        LayerResult first = diagnosis.firstFault().orElseThrow();
        require(first.layer() == layer, "is found on another layer than " + layer.words(), diagnosis);
        require(codes(first.faults()).anyMatch(code::equals), "is not found by " + code, diagnosis);
        require(first.took().compareTo(most) < 0, "is found too late, after " + first.took(), diagnosis);
        require(first.faults().stream().noneMatch(one -> one.check().causes().isEmpty()), "has no cause", diagnosis);
        first.faults().stream().filter(one -> one.check().code().equals(code)).forEach(one -> because(one, diagnosis));
        System.out.println("measured fault " + fault + ": layer " + layer.words() + " in "
                + first.took().toMillis() + " ms (at most " + most.toMillis() + " ms): "
                + first.faults().get(0).message());
    }

    private void because(Fault found, Diagnosis diagnosis) {
        List<String> named = found.check().causes().stream().map(Cause::what).toList();
        boolean same = named.size() == causes.size()
                && IntStream.range(0, causes.size()).allMatch(i -> named.get(i).contains(causes.get(i)));
        require(causes.isEmpty() || same, "has the causes " + named + " and not " + causes, diagnosis);
    }

    private static Stream<String> codes(List<Fault> faults) {
        return faults.stream().map(one -> one.check().code());
    }

    private void require(boolean holds, String otherwise, Diagnosis seen) {
        if (!holds) {
            throw new AssertionError("the fault \"" + fault + "\" " + otherwise + ": " + seen.line());
        }
    }
}
