package dev.mooring.spring.metrics;

import dev.mooring.failure.Coded;
import dev.mooring.failure.FailureKind;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;

/** How something ended, as the label {@code outcome} says it. */
enum Ending implements Coded {
    /** It worked. */
    SUCCESS,
    /** It failed by the dependency's fault. */
    FAILURE,
    /** It said nothing about the dependency. */
    IGNORED;

    /** The label {@code kind} of what did not fail. */
    private static final String NO_KIND = "none";

    static Ending of(Optional<?> failure) {
        return failure.isPresent() ? FAILURE : SUCCESS;
    }

    /** The labels {@code outcome} and {@code kind}. */
    static Tags tags(Optional<FailureKind> failure) {
        return of(failure).tags(failure.map(FailureKind::code).orElse(NO_KIND));
    }

    /** The same of what neither worked nor failed. */
    Tags withoutKind() {
        return tags(NO_KIND);
    }

    private Tags tags(String kind) {
        return Tags.of("outcome", code(), "kind", kind);
    }
}
