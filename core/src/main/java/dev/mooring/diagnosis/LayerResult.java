package dev.mooring.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What the diagnosis found on one layer.
 *
 * @param layer the layer
 * @param outcome how its examination ended
 * @param took how long it took; zero where it was not reached
 * @param evidence what was seen, in the order in which it was seen
 * @param faults the checks that failed, the fatal one last
 */
public record LayerResult(Layer layer, Outcome outcome, Duration took, List<String> evidence, List<Fault> faults) {
    public LayerResult {
        evidence = List.copyOf(evidence);
        faults = List.copyOf(faults);
    }

    /**
     * The check that failed and counts most: the fatal one, else the last warning.
     *
     * @throws java.util.NoSuchElementException none failed
     */
    public Fault worst() {
        if (faults.isEmpty()) {
            throw new NoSuchElementException("no check of the layer " + layer.words() + " failed");
        }
        return faults.get(faults.size() - 1);
    }

    static LayerResult notReached(Layer layer) {
        return new LayerResult(layer, Outcome.NOT_REACHED, Duration.ZERO, List.of(), List.of());
    }
}
