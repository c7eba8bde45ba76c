package dev.mooring.failure;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One failure of a dependency as it may be shown to anybody.
 *
 * @param kind what went wrong
 * @param message what happened, in one line that names the dependency's address and never holds a secret
 * @param at when it was seen
 */
public record Failure(FailureKind kind, String message, Instant at) {
    private static final int LONGEST = 300;

    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
    }

    /** The failure that {@code error} stands for, or empty when it says nothing against the dependency. */
    public static Optional<Failure> of(Throwable error, FailureClassifier classifier, Instant at) {
        return classifier.classify(error).map(kind -> new Failure(kind, oneLine(error), at));
    }

    private static String oneLine(Throwable error) {
        String message = error.getMessage();
        String line = (message == null ? error.getClass().getSimpleName() : message).replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return kind.code() + ": " + message;
    }
}
