package dev.mooring.operations.diagnosis;

import dev.mooring.diagnosis.Cause;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.spring.body.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A diagnosis as the service and the command show it.
 *
 * @param dependency the name of the dependency
 * @param target address, database and user
 * @param critical whether the service cannot work without it
 * @param outcome {@code passed}, {@code warning} or {@code failed}
 * @param brokenLayer the first layer with a check that failed; null where every check holds
 * @param tookMs how long it took, in milliseconds
 * @param layers the layers in their order
 */
@Answer
public record DiagnosisAnswer(
        String dependency,
        String target,
        boolean critical,
        String outcome,
        @Nullable String brokenLayer,
        double tookMs,
        List<LayerAnswer> layers) {
    private static final double MICROS = 1e3;

    /** The same as {@code diagnosis}. */
    public static DiagnosisAnswer of(Diagnosis diagnosis) {
        String outcome = diagnosis.firstFault().map(one -> one.outcome().code()).orElse("passed");
        return new DiagnosisAnswer(
                diagnosis.dependency(),
                diagnosis.target(),
                diagnosis.critical(),
                outcome,
                diagnosis.firstFault().map(one -> one.layer().code()).orElse(null),
                millis(diagnosis.took()),
                diagnosis.layers().stream().map(LayerAnswer::of).toList());
    }

    private static double millis(Duration took) {
        return Math.round(took.toNanos() / MICROS) / MICROS;
    }

    /** One layer: {@code outcome} is {@code passed}, {@code warning}, {@code failed}, {@code unused} or {@code not_reached}. */
    @Answer
    public record LayerAnswer(
            String layer, String outcome, double tookMs, List<String> evidence, List<FaultAnswer> faults) {
        private static LayerAnswer of(LayerResult one) {
            return new LayerAnswer(
                    one.layer().code(),
                    one.outcome().code(),
                    millis(one.took()),
                    one.evidence(),
                    one.faults().stream().map(FaultAnswer::of).toList());
        }
    }

    /** A check that failed, with its causes in the order of likelihood and the page that says what to do. */
    @Answer
    public record FaultAnswer(
            String code,
            String kind,
            String severity,
            String message,
            String holds,
            List<CauseAnswer> causes,
            String runbook) {
        private static FaultAnswer of(Fault fault) {
            Check check = fault.check();
            return new FaultAnswer(
                    check.code(),
                    check.kind().code(),
                    check.severity().name().toLowerCase(Locale.ROOT),
                    fault.message(),
                    check.holds(),
                    check.causes().stream().map(CauseAnswer::of).toList(),
                    check.runbook());
        }
    }

    /** Why a check can fail, and what to look at. */
    @Answer
    public record CauseAnswer(String what, String look) {
        /** The same as {@code cause}. */
        public static CauseAnswer of(Cause cause) {
            return new CauseAnswer(cause.what(), cause.look());
        }
    }
}
