package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.NotSentException;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.spring.problem.Problem;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The refusals while MLflow does not work. None holds MLflow's address or its words. */
final class Away {
    /** The stock client takes it in place of its own pauses, and gives up after eight attempts. */
    static final Duration LATER = Duration.ofSeconds(10);

    private static final String PERHAPS_DONE = "; it may have done what was asked, or may still do it.";

    private Away() {}

    /** The breaker refused the call. */
    static Problem of(DependencyUnavailableException refused) {
        Optional<FailureKind> kind = refused.lastFailure().map(Failure::kind);
        Duration wait = refused.retryAfter();
        return problem("MLflow is not available" + words(kind) + ".", wait.compareTo(LATER) < 0 ? LATER : wait, kind);
    }

    /** The call ended without an answer. */
    static Problem of(HttpCallException ended) {
        String outcome = ended instanceof NotSentException ? "; nothing was sent to it." : PERHAPS_DONE;
        return problem("MLflow gave no answer" + words(ended.kind()) + outcome, LATER, ended.kind());
    }

    /** The answer began and was not whole when the time of the call was over. */
    static Problem late() {
        FailureKind late = FailureKind.RESPONSE_TIMEOUT;
        return problem(
                "MLflow gave no whole answer" + words(Optional.of(late)) + PERHAPS_DONE, LATER, Optional.of(late));
    }

    /** The answer has more headers than this service passes on. */
    static Problem tooManyHeaders() {
        FailureKind kind = FailureKind.PROTOCOL_ERROR;
        String detail = "MLflow, or a proxy before it, answered with more headers than are passed on (6 KiB)";
        return problem(detail + PERHAPS_DONE, LATER, Optional.of(kind));
    }

    /** MLflow, or what stands before it, answered that it does not work, and did nothing. */
    static Problem answered(int status) {
        return answered(status, ".");
    }

    /** The same, but a proxy may have said so of a call that went on to MLflow. */
    static Problem perhapsDone(int status) {
        return answered(status, PERHAPS_DONE);
    }

    private static Problem answered(int status, String outcome) {
        return problem(
                "MLflow, or a proxy before it, does not work: it answered with status " + status + outcome,
                LATER,
                Optional.of(FailureKind.HTTP_ERROR));
    }

    private static String words(Optional<FailureKind> kind) {
        return kind.map(one -> " (" + one.name().toLowerCase(Locale.ROOT) + ")").orElse("");
    }

    private static Problem problem(String detail, Duration wait, Optional<FailureKind> kind) {
        Problem problem = Problem.unavailable(MlflowSettings.NAME, detail, wait);
        return kind.map(one -> problem.with("kind", one.code())).orElse(problem);
    }
}
