package dev.mooring.failure;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One failure of a dependency, for health, logs and events.
 *
 * @param kind what went wrong
 * @param message what happened, in one line. It is public: it holds no secret
 * @param at when this process saw it
 */
public record Failure(FailureKind kind, String message, Instant at) {
    private static final int LONGEST = 300;
    /** White space, and characters that change what stands around them: control characters, marks of direction, halves of pairs. */
    private static final Pattern NO_PART_OF_A_LINE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

    /** What {@link #oneLine(Throwable)} makes of an exception without a message. */
    private static final Pattern TYPE_ALONE = Pattern.compile("[A-Z]\\w*(?:Exception|Error)");

    /** What a database says at the end of its message about a statement. */
    private static final Pattern POSITION = Pattern.compile("\\s+Position: \\d+\\s*$");

    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(at, "at");
    }

    /** The failure that {@code error} stands for, or empty when it says nothing against the dependency. Throws nothing. */
    public static Optional<Failure> of(Throwable error, FailureClassifier classifier, Instant at) {
        return FailureClassifier.fenced(classifier).classify(error).map(kind -> new Failure(kind, oneLine(error), at));
    }

    /**
     * The failure of a check, which always counts: it is {@code unknown} where the classifier holds nothing against the dependency.
     */
    public static Failure ofCheck(Throwable error, FailureClassifier classifier, Instant at) {
        return of(error, classifier, at).orElseGet(() -> new Failure(FailureKind.UNKNOWN, oneLine(error), at));
    }

    /**
     * What {@code error} says, in one line of at most 300 characters, without the position in a statement that its reader does not see; its type
     * where it has no message. Throws nothing.
     */
    public static String oneLine(Throwable error) {
        return oneLine(POSITION.matcher(message(error)).replaceFirst(""));
    }

    /** The text in one line of at most 300 characters, without control characters: what a server says may hold anything. */
    public static String oneLine(String text) {
        String line = NO_PART_OF_A_LINE.matcher(text).replaceAll(" ");
        boolean fits = line.codePointCount(0, line.length()) <= LONGEST;
        return fits ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static String message(Throwable error) {
        String type = error.getClass().getSimpleName();
        try {
            String message = error.getMessage();
            return message == null ? type : message;
        } catch (RuntimeException | Error broken) {
            return type;
        }
    }

    /** The code of the kind and the message; the code alone where the message is no more than the type of an exception that the kind covers. */
    @Override
    public String toString() {
        return kind != FailureKind.UNKNOWN && TYPE_ALONE.matcher(message).matches()
                ? kind.code()
                : kind.code() + ": " + message;
    }
}
