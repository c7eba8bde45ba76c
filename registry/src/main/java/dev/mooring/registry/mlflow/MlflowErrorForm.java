package dev.mooring.registry.mlflow;

import dev.mooring.spring.problem.ErrorAnswer;
import dev.mooring.spring.problem.ErrorForm;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** MLflow's form for all errors below its paths. */
final class MlflowErrorForm implements ErrorForm {
    /**
     * The least wait that a refusal asks for. MLflow's client takes it in place of its own pauses, which grow, and gives up after eight
     * attempts: with 1 s it would end before a breaker closes again, and several clients of one key that is beyond its quota would take each
     * other's turn until some give up.
     */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(10);

    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public Set<String> roots() {
        return MlflowPath.ROOTS;
    }

    @Override
    public ErrorAnswer answer(HttpServletRequest request, Problem problem, String requestId) {
        MlflowError error = MlflowError.of(problem);
        return new ErrorAnswer(error.status(), wait(request, problem), "application/json", error.body());
    }

    private static Optional<Duration> wait(HttpServletRequest request, Problem problem) {
        boolean isOutage = problem.status() >= 500 && !isShort(request, problem);
        boolean lasts = isOutage || problem.status() == TOO_MANY_REQUESTS;
        return problem.retryAfter().map(wait -> lasts && wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait);
    }

    /** Whether only a place in this service is missing, and the call is a read, which costs little to repeat. */
    private static boolean isShort(HttpServletRequest request, Problem problem) {
        boolean reads = MlflowCall.of(request.getMethod(), request.getRequestURI())
                .filter(call -> call.effect() == Effect.READ)
                .isPresent();
        return reads && problem.code().equals("saturated");
    }
}
