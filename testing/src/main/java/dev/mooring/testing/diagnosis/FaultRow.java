package dev.mooring.testing.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.LayerResult;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/**
 * One fault that a test makes for real.
 *
 * @param fault what is wrong, for the name of the test
 * @param layer the layer that a diagnosis has to name
 * @param code the code of the check that has to fail there
 * @param make makes the fault
 * @param remedy does what the check's first causes advise
 */
public record FaultRow(String fault, Layer layer, String code, Act make, Act remedy) {
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
        return new FaultRow(code, layer, code, make, remedy);
    }

    /** The same with other words for the fault. */
    public FaultRow called(String words) {
        return new FaultRow(words, layer, code, make, remedy);
    }

    /**
     * A test that makes the fault, expects a diagnosis to name it first and in time, does what the remedy says, and expects a diagnosis that
     * does not name it any more.
     *
     * @param how makes an examination of the dependency as it is then
     * @param limit the limit of each layer
     */
    public DynamicTest test(Supplier<Examination> how, Duration limit) {
        return DynamicTest.dynamicTest(fault, () -> {
            try {
                make.run();
                found(examine(how), limit);
            } finally {
                remedy.run();
            }
            Diagnosis healed = examine(how);
            assertThat(healed.broken()).as("broken after the remedy: %s", healed.line()).isEmpty();
            assertThat(healed.faults()).extracting(one -> one.check().code()).doesNotContain(code);
        });
    }

    private static Diagnosis examine(Supplier<Examination> how) throws InterruptedException {
        return Examiner.examine("dependency", true, how.get(), ALL_LAYERS);
    }

    private void found(Diagnosis diagnosis, Duration limit) {
        LayerResult first = diagnosis.firstFault().orElseThrow(() -> new AssertionError("found nothing: " + diagnosis.line()));
        assertThat(first.layer()).as(diagnosis.line()).isEqualTo(layer);
        assertThat(first.faults()).extracting(one -> one.check().code()).as(diagnosis.line()).contains(code);
        assertThat(first.took()).as("time of the layer").isLessThan(limit.plus(LATE));
        for (Fault one : first.faults()) {
            Check check = one.check();
            assertThat(check.causes()).as("causes of %s", check.code()).isNotEmpty();
        }
        System.out.println("measured fault " + fault + ": layer " + layer.words() + " in "
                + first.took().toMillis() + " ms (at most " + limit.plus(LATE).toMillis() + " ms): " + first.faults().get(0).message());
    }
}
