package dev.mooring.spring.problem;

import dev.mooring.spring.guarded.FailedCalls;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers the exceptions of guarded methods that the breaker admitted: with 502 where the dependency gave an answer that is none, and with 503
 * where it gave no answer. The member {@code kind} has the kind of the failure.
 */
final class GuardedFailures implements ProblemReader {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final FailedCalls failed;

    GuardedFailures(FailedCalls failed) {
        this.failed = failed;
    }

    @Override
    public Optional<Problem> read(Throwable error) {
        return failed.behind(error)
                .map(call -> answer(call).with("kind", call.kind().code()));
    }

    private static Problem answer(FailedCalls.Failed call) {
        String detail =
                "The call to " + call.dependency() + " failed: " + call.kind().code() + ".";
        boolean hasAnswered =
                switch (call.kind()) {
                    case HTTP_ERROR, PROTOCOL_ERROR, UNKNOWN -> true;
                    default -> false;
                };
        return hasAnswered
                ? Problem.of(502, call.dependency().replace('-', '_') + "_failed", detail)
                : Problem.unavailable(call.dependency(), detail, SOON);
    }
}
