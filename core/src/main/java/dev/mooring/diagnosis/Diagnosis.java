package dev.mooring.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the examination of one dependency found, layer by layer. Immutable.
 *
 * @param dependency the name of the dependency
 * @param target address, database and user, for people
 * @param place where the connections go to, where the examination says it
 * @param critical whether the service cannot work without it
 * @param at when the examination began
 * @param took how long it took
 * @param layers the layers in their order
 */
public record Diagnosis(
        String dependency,
        String target,
        Optional<Place> place,
        boolean critical,
        Instant at,
        Duration took,
        List<LayerResult> layers) {
    /** Where the pages are: a reader of a log has no checkout of Mooring. */
    private static final String PAGES = "https://mooring.dev/";

    public Diagnosis {
        layers = List.copyOf(layers);
    }

    /** The first layer with a fatal check that failed; empty where the dependency can be used. */
    public Optional<LayerResult> broken() {
        return layers.stream().filter(one -> one.outcome() == Outcome.FAILED).findFirst();
    }

    /** The layer to look at first: the broken one, else the first one with a warning. */
    public Optional<LayerResult> firstFault() {
        return broken().or(() ->
                layers.stream().filter(one -> one.outcome() == Outcome.WARNING).findFirst());
    }

    /** All checks that failed, in the order of the layers. */
    public List<Fault> faults() {
        return layers.stream().flatMap(one -> one.faults().stream()).toList();
    }

    /** The diagnosis in one line, for a log. */
    public String line() {
        Stream<String> seen = layers.stream()
                .filter(one -> one.outcome() != Outcome.NOT_REACHED && one.outcome() != Outcome.UNUSED)
                .map(Diagnosis::words);
        return String.join("; ", seen.toList())
                + broken().map(Diagnosis::advice).orElse("");
    }

    private static String words(LayerResult one) {
        List<String> all = Stream.concat(
                        one.evidence().stream(),
                        one.faults().stream()
                                .map(fault ->
                                        fault.message() + " (" + fault.check().code() + ")"))
                .toList();
        return one.layer().words() + " " + one.outcome().code() + (all.isEmpty() ? "" : ": " + String.join(", ", all));
    }

    private static String advice(LayerResult broken) {
        Fault fault = broken.worst();
        Check check = fault.check();
        if (OwnLoad.isIn(fault.message())) {
            return "; see " + check.runbook();
        }
        String likely = check.causes().stream()
                .findFirst()
                .map(cause -> "; most likely: " + cause)
                .orElse("");
        return likely + "; see " + PAGES + check.runbook();
    }
}
