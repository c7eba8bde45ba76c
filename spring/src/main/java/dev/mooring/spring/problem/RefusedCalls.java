package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the exceptions of a controller that Mooring or the connection to a database caused, after every handler of the application
 * and of Spring MVC: with 503 and {@code Retry-After}. All other exceptions go their usual way. A {@link ProblemException} is
 * the application's own answer, so its body is always the problem.
 */
final class RefusedCalls implements HandlerExceptionResolver, Ordered {
    private final ProblemReader reader;
    private final boolean asProblems;

    /** With {@code asProblems} the body is a problem, otherwise that of Boot's error page or error JSON. */
    RefusedCalls(ProblemReader reader, boolean asProblems) {
        this.reader = reader;
        this.asProblems = asProblems;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception error) {
        Optional<Problem> own = own(error);
        Optional<Problem> problem = own.isPresent() || UsualWay.of(error) ? own : reader.read(error);
        if (problem.isEmpty()) {
            return null;
        }
        if (response.isCommitted()) {
            // Tomcat itself answers 408 when a read times out. A broken-off body, however, must stay broken off.
            return response.getStatus() == problem.get().status() ? new ModelAndView() : null;
        }
        try {
            if (asProblems || own.isPresent()) {
                ProblemWriter.write(request, response, problem.get());
            } else {
                send(response, problem.get());
            }
        } catch (IOException clientWentAway) {
            // There is nothing left to send.
        }
        return new ModelAndView();
    }

    private static Optional<Problem> own(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .flatMap(cause -> cause instanceof ProblemException ended ? Stream.of(ended.problem()) : Stream.empty())
                .findFirst();
    }

    private static void send(HttpServletResponse response, Problem problem) throws IOException {
        problem.retryAfterSeconds().ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait)));
        response.sendError(problem.status());
    }
}
