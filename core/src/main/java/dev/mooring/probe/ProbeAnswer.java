package dev.mooring.probe;

import dev.mooring.failure.FailureKind;
import java.util.List;

/**
 * The dependency answered a probe.
 *
 * @param findings what makes it {@code degraded} although it answers; empty when all is well. They replace those of the answer
 *     before
 */
public record ProbeAnswer(List<Finding> findings) {
    private static final ProbeAnswer WELL = new ProbeAnswer(List.of());

    public ProbeAnswer {
        findings = List.copyOf(findings);
    }

    /** Nothing to complain about. */
    public static ProbeAnswer well() {
        return WELL;
    }

    /** It answers, but this is wrong with it. */
    public static ProbeAnswer with(FailureKind kind, String message) {
        return new ProbeAnswer(List.of(new Finding(kind, message)));
    }
}
