package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Check;
import dev.mooring.operations.diagnosis.DiagnosisAnswer.CauseAnswer;
import java.util.List;
import java.util.Locale;

/**
 * A check as JSON shows it.
 *
 * @param code its name
 * @param layer the layer that it belongs to
 * @param severity {@code fatal} or {@code warning}
 * @param kind the failure kind of what it finds
 * @param holds a sentence that is true when it passes
 * @param causes why it can fail, the most likely one first
 * @param runbook the page that says what to do
 */
record CheckShown(
        String code,
        String layer,
        String severity,
        String kind,
        String holds,
        List<CauseAnswer> causes,
        String runbook) {
    static CheckShown of(Check check) {
        return new CheckShown(
                check.code(),
                check.layer().code(),
                check.severity().name().toLowerCase(Locale.ROOT),
                check.kind().code(),
                check.holds(),
                check.causes().stream().map(CauseAnswer::of).toList(),
                check.runbook());
    }
}
