package dev.mooring.probe;

import dev.mooring.failure.FailureKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The dependency answered a probe.
 *
 * @param findings what makes the status {@code degraded} although the dependency answers; empty when all is well. They replace
 *     those of the answer before
 * @param unprepared why the start tasks have to run again, one line for people: what they made is not there, because another backend
 *     answers or the backend lost it. Empty in normal operation
 */
public record ProbeAnswer(List<Finding> findings, Optional<String> unprepared) {
    private static final ProbeAnswer WELL = new ProbeAnswer(List.of());

    public ProbeAnswer {
        findings = List.copyOf(findings);
        Objects.requireNonNull(unprepared, "unprepared");
    }

    /** An answer of a dependency that has what the start tasks made. */
    public ProbeAnswer(List<Finding> findings) {
        this(findings, Optional.empty());
    }

    /** An answer without findings. */
    public static ProbeAnswer well() {
        return WELL;
    }

    /** An answer with one finding. */
    public static ProbeAnswer with(FailureKind kind, String message) {
        return new ProbeAnswer(List.of(new Finding(kind, message)));
    }

    /**
     * An answer of a dependency without what the start tasks made. A closed breaker opens; the supervisor runs all start tasks again
     * before the breaker admits calls. Without start tasks, and while they run, it is an answer like any other.
     *
     * @param why one line for people, without secrets
     */
    public static ProbeAnswer unprepared(String why) {
        return new ProbeAnswer(List.of(), Optional.of(why));
    }
}
