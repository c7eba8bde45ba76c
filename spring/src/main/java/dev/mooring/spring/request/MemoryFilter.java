package dev.mooring.spring.request;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Opens the share of the heap of each request. */
final class MemoryFilter implements Filter {
    private final MemoryBudget budget;

    MemoryFilter(MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (RequestMemory.Scope open = RequestMemory.open(budget)) {
            assert open != null;
            chain.doFilter(request, response);
        }
    }
}
