package dev.mooring.spring.health;

import dev.mooring.spring.request.ManagementPaths;
import dev.mooring.spring.request.UrgentRequests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that the health filter answers: all of the starter's, except those that the application answers itself. Where the filter
 * stands behind the limit of concurrent requests, these requests are urgent. They move to the management port. Thread-safe.
 */
final class HealthPaths implements UrgentRequests, ManagementPaths {
    static final String HEALTH = "/health";
    static final String LIVE = "/health/live";
    static final String LIVEZ = "/livez";
    static final String READY = "/health/ready";
    static final String READYZ = "/readyz";
    static final String DETAILED = "/health/detailed";

    /** Replaced before the server accepts requests, read by request threads. */
    private volatile Set<String> answered;

    HealthPaths(List<HealthPath> further) {
        Set<String> all = new HashSet<>(Set.of(HEALTH, LIVE, LIVEZ, READY, READYZ, DETAILED));
        further.forEach(one -> all.add(one.path()));
        this.answered = Set.copyOf(all);
    }

    /** Leaves the health paths among {@code paths} to the application, and returns them. */
    Set<String> leave(Set<String> paths) {
        Set<String> left = new HashSet<>(answered);
        left.retainAll(paths);
        Set<String> others = new HashSet<>(answered);
        others.removeAll(left);
        answered = Set.copyOf(others);
        return left;
    }

    @Override
    public boolean includes(HttpServletRequest request) {
        return answered.contains(of(request));
    }

    @Override
    public boolean includes(String path) {
        return answered.contains(path);
    }

    /** The path of a request below the application. */
    static String of(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
