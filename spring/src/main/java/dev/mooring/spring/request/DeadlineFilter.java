package dev.mooring.spring.request;

import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;

/** Opens the deadline of a request; waits in the course of the request are cut to what is left of it. */
final class DeadlineFilter implements Filter {
    private final Duration usual;
    private final OwnLimits own;

    DeadlineFilter(Duration usual, OwnLimits own) {
        this.usual = usual;
        this.own = own;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestLimit limit = own.of((HttpServletRequest) request).orElseGet(() -> RequestLimit.within(usual));
        if (limit.time().isEmpty()) {
            if (request.getAttribute(AnswerLimit.ATTRIBUTE) instanceof AnswerLimit answer) {
                answer.lift();
            }
            chain.doFilter(request, response);
            return;
        }
        try (Deadline.Scope open =
                Deadline.in(limit.time().get(), Time.system()).open()) {
            assert open != null;
            chain.doFilter(request, response);
        }
    }
}
