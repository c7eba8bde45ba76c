package dev.mooring.probe;

import dev.mooring.failure.FailureKind;
import java.util.List;

/**
 * The dependency answered a probe.
 *
 * @param findings what makes the status {@code degraded} although the dependency answers; empty when all is well. They replace
 *     those of the answer before
 */
public record ProbeAnswer(List<Finding> findings) {
    private static final ProbeAnswer WELL = new ProbeAnswer(List.of());

    public ProbeAnswer {
        findings = List.copyOf(findings);
    }

    /** An answer without findings. */
    public static ProbeAnswer well() {
        return WELL;
    }

    /** An answer with one finding. */
    public static ProbeAnswer with(FailureKind kind, String message) {
        return new ProbeAnswer(List.of(new Finding(kind, message)));
    }
}
