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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Admits fewer requests at a time than there are request threads, so that the other threads can always answer health. Refuses a
 * request at once when all places are taken, because a queue would only delay every request. The management port has threads and places
 * of its own.
 */
final class ConcurrencyLimitFilter implements Filter {
    private final Places places;
    private final Places management;

    /**
     * Creates the filter.
     *
     * @param threads the request threads, some of which the filter keeps free
     * @param urgent the requests that may use a few of the free threads when all places are taken
     */
    ConcurrencyLimitFilter(RequestThreads threads, List<UrgentRequests> urgent) {
        this.places = new Places(threads, urgent);
        this.management = new Places(RequestThreads.OF_MANAGEMENT, urgent);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Places own = request.getAttribute(ManagementPaths.ATTRIBUTE) == null ? places : management;
        Optional<Semaphore> place = own.take((HttpServletRequest) request);
        if (place.isEmpty()) {
            Problem full = Problem.saturated("All " + own.limit() + " places for requests are taken; try again soon.");
            ProblemWriter.write((HttpServletRequest) request, (HttpServletResponse) response, full);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            place.get().release();
        }
    }
}
