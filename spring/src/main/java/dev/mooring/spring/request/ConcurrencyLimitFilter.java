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
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Lets fewer requests in than there are request threads, so that the rest of the threads can always answer health; who finds no
 * place is refused at once, because a queue would only make everybody late.
 */
final class ConcurrencyLimitFilter implements Filter {
    private static final int KEPT_FREE = 32;
    /** The share of the threads kept free that urgent requests may use. */
    private static final int URGENT_SHARE = 4;

    private final UrgentRequests urgent;
    private final int limit;
    private final Semaphore places;
    private final Semaphore urgentPlaces;

    /**
     * Makes the places.
     *
     * @param threads how many threads serve requests, at least 2; 32 of them, at most half, are kept free
     * @param urgent requests that may use a quarter of those when all places are taken
     */
    ConcurrencyLimitFilter(int threads, UrgentRequests urgent) {
        int keptFree = Math.min(KEPT_FREE, threads / 2);
        this.urgent = urgent;
        this.limit = threads - keptFree;
        this.places = new Semaphore(limit);
        this.urgentPlaces = new Semaphore(keptFree / URGENT_SHARE);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Semaphore> place = take((HttpServletRequest) request);
        if (place.isEmpty()) {
            Problem full = Problem.saturated("All " + limit + " places for requests are taken; try again soon.");
            ProblemWriter.write((HttpServletRequest) request, (HttpServletResponse) response, full);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            place.get().release();
        }
    }

    private Optional<Semaphore> take(HttpServletRequest request) {
        if (places.tryAcquire()) {
            return Optional.of(places);
        }
        return urgent.includes(request) && urgentPlaces.tryAcquire() ? Optional.of(urgentPlaces) : Optional.empty();
    }
}
