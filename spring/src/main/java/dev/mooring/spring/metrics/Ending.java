package dev.mooring.spring.metrics;

import dev.mooring.failure.Coded;
import dev.mooring.failure.FailureKind;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;

/** The values of the label {@code outcome}. */
enum Ending implements Coded {
    /** The call, probe or attempt succeeded. */
    SUCCESS,
    /** It failed, and the dependency is at fault. */
    FAILURE,
    /** Its result says nothing about the dependency. */
    IGNORED;

    /** The label {@code kind} where there is no failure. */
    private static final String NO_KIND = "none";

    static Ending of(Optional<?> failure) {
        return failure.isPresent() ? FAILURE : SUCCESS;
    }

    /** The labels {@code outcome} and {@code kind}. */
    static Tags tags(Optional<FailureKind> failure) {
        return of(failure).tags(failure.map(FailureKind::code).orElse(NO_KIND));
    }

    /** The labels of an outcome without a failure. */
    Tags withoutKind() {
        return tags(NO_KIND);
    }

    private Tags tags(String kind) {
        return Tags.of("outcome", code(), "kind", kind);
    }
}
