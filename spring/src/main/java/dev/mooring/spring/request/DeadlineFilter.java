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

/** Starts the clock of a request: whoever waits on its way, waits no longer than what is left. */
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
