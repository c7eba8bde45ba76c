package dev.mooring.diagnosis;

import dev.mooring.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One thing that a diagnosis verifies. It is data: {@link Step} decides which checks hold. Immutable.
 *
 * @param code its stable name, such as {@code postgres-password}; no other check ever gets it
 * @param layer the layer that it belongs to
 * @param holds a sentence that is true when the check passes
 * @param severity what it means that the check fails
 * @param kind the failure kind of what it finds, which names the runbook page
 * @param causes why it can fail, the most likely one first
 */
public record Check(String code, Layer layer, String holds, Severity severity, FailureKind kind, List<Cause> causes) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

    /** What it means that a check fails. */
    public enum Severity {
        /** The dependency cannot be used; nothing behind this layer can be checked. */
        FATAL,
        /** The dependency works, and something about it needs attention. */
        WARNING
    }

    public Check {
        causes = List.copyOf(causes);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("a code must be lower-case words joined by dashes, but is " + code);
        }
    }

    /** A check whose failure makes the dependency unusable; {@link #cause} adds its causes. */
    public static Check fatal(String code, Layer layer, FailureKind kind, String holds) {
        return new Check(code, layer, holds, Severity.FATAL, kind, List.of());
    }

    /** A check whose failure needs attention; {@link #cause} adds its causes. */
    public static Check warning(String code, Layer layer, FailureKind kind, String holds) {
        return new Check(code, layer, holds, Severity.WARNING, kind, List.of());
    }

    /**
     * The same with one more cause, which is less likely than those before it.
     *
     * @param signs parts of messages that point to this cause
     */
    public Check cause(String what, String look, String... signs) {
        List<Cause> more = new ArrayList<>(causes);
        more.add(new Cause(what, look, List.of(signs)));
        return because(more);
    }

    /**
     * The same with the causes that this message leaves: those that it points to come first, and those of which it would have another sign
     * are left out. Where it points to none, as in a language that no sign knows, all of them stay.
     */
    Check given(String message) {
        List<Cause> said = causes.stream().filter(one -> one.isIn(message)).toList();
        if (said.isEmpty()) {
            return this;
        }
        Stream<Cause> silent = causes.stream().filter(one -> one.signs().isEmpty());
        return because(Stream.concat(said.stream(), silent).toList());
    }

    private Check because(List<Cause> present) {
        return new Check(code, layer, holds, severity, kind, present);
    }

    /** Whether the dependency cannot be used where the check fails. */
    public boolean isFatal() {
        return severity == Severity.FATAL;
    }

    /** The page of the documentation that says what to do, from the root of the repository. */
    public String runbook() {
        return "docs/runbooks/" + kind.code() + ".md";
    }

    /** The exception for a step that found this fatal check to fail. */
    public BrokenException broken(String message) {
        return new BrokenException(new Fault(this, message));
    }
}
