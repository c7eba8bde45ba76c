package dev.mooring.diagnosis;

import java.time.Duration;

/**
 * The work of one layer.
 *
 * @param layer the layer
 * @param limit how long the work may take; the engine waits no longer
 * @param otherwise the fatal check that fails when the work is late, or throws anything but a {@link BrokenException}
 * @param work what to do
 */
public record Step(Layer layer, Duration limit, Check otherwise, Work work) {
    /** What a step does. */
    @FunctionalInterface
    public interface Work {
        /**
         * Verifies the checks of the layer.
         *
         * @throws BrokenException a fatal check failed
         */
        void verify(Round round) throws Exception;
    }
}
