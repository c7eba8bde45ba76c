package dev.mooring.spring.tomcat;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import dev.mooring.spring.request.ManagementPaths;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Refuses requests for health, metrics and operations on the port of the service, and all others on the management port. */
final class ManagementFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient List<ManagementPaths> moved;

    ManagementFilter(List<ManagementPaths> moved) {
        this.moved = List.copyOf(moved);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isThere = request.getAttribute(ManagementPaths.ATTRIBUTE) != null;
        String path = path(request);
        boolean belongsThere = moved.stream().anyMatch(one -> one.includes(path));
        if (isThere == belongsThere || moved.stream().anyMatch(one -> one.isOnBoth(path))) {
            chain.doFilter(request, response);
        } else {
            ProblemWriter.write(request, response, refusal(isThere));
        }
    }

    /** The path as the container maps it: decoded and normalized, so that no other spelling of it passes. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static Problem refusal(boolean onManagementPort) {
        return Problem.notFound(
                "other_port",
                onManagementPort
                        ? "This port answers health, metrics and operations only (MANAGEMENT_PORT). All other calls go to the port of"
                                + " the service (PORT)."
                        : "The service answers health, metrics and operations on a port of their own, which its setting"
                                + " MANAGEMENT_PORT names.");
    }
}
