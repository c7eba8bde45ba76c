package dev.mooring.spring.request;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Lets fewer requests in than there are request threads, so that the rest of the threads can always answer health; who finds no
 * place is refused at once, because a queue would only make everybody late.
 */
final class ConcurrencyLimitFilter implements Filter {
    private static final int KEPT_FREE = 32;

    private final int limit;
    private final Semaphore places;

    /** {@code threads} is how many threads serve requests, at least 2; 32 of them, at most half, are kept free. */
    ConcurrencyLimitFilter(int threads) {
        this.limit = threads - Math.min(KEPT_FREE, threads / 2);
        this.places = new Semaphore(limit);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!places.tryAcquire()) {
            Problem full = Problem.saturated("All " + limit + " places for requests are taken; try again soon.");
            ProblemWriter.write((HttpServletRequest) request, (HttpServletResponse) response, full);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }
}
