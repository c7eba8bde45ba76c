package dev.mooring.spring.request;

import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;

/** Opens the deadline of a request; waits in the course of the request are cut to what is left of it. */
final class DeadlineFilter implements Filter {
    private final Duration limit;

    DeadlineFilter(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (Deadline.Scope open = Deadline.in(limit, Time.system()).open()) {
            assert open != null;
            chain.doFilter(request, response);
        }
    }
}
