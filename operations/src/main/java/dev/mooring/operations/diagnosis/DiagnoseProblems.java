package dev.mooring.operations.diagnosis;

import dev.mooring.spring.body.Text;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;

/** The error answers of {@code /ops/diagnose}. */
final class DiagnoseProblems {
    private static final Duration SOON = Duration.ofSeconds(5);

    private DiagnoseProblems() {}

    static ProblemException unknown(String dependency) {
        return ProblemException.notFound(
                "dependency_not_found",
                "There is no dependency \"" + Text.shown(dependency)
                        + "\" that is switched on; /ops/breakers lists them.");
    }

    static ProblemException notExaminable(String dependency) {
        return ProblemException.notFound(
                "examination_not_found",
                "The application does not say how to examine " + dependency + "; its probe is all there is.");
    }

    static ProblemException running(String dependency) {
        return new ProblemException(Problem.of(
                        409,
                        "diagnosis_is_running",
                        "A diagnosis of " + dependency + " runs already and did not end in time; ask again.")
                .withRetryAfter(SOON));
    }
}
