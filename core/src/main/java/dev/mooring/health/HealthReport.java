package dev.mooring.health;

import dev.mooring.failure.Coded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The health of the whole service at one moment. Immutable; reading it never waits for anything.
 *
 * @param at when the supervisor made it
 * @param overall the state of the whole service
 * @param reasons why the service is not ready, one line each, the most important first; empty when ready
 * @param error the code of the first reason: a failure kind, {@code starting}, {@code shutting_down}, {@code unknown} or {@code
 *     forced_open}; present exactly when not ready
 * @param warnings what is wrong although the service works, one line each
 * @param dependencies one entry for each dependency, in the order in which they were given
 */
public record HealthReport(
        Instant at,
        Overall overall,
        List<String> reasons,
        Optional<String> error,
        List<String> warnings,
        List<DependencyHealth> dependencies) {
    public HealthReport {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
        dependencies = List.copyOf(dependencies);
    }

    /** The state of the whole service. */
    public enum Overall implements Coded {
        /** All is well. */
        HEALTHY,
        /** The service does its core work; something is wrong. */
        DEGRADED,
        /** The service cannot do its core work: not ready. */
        UNHEALTHY
    }

    /** Whether the service can do its core work; false exactly when {@link Overall#UNHEALTHY}. */
    public boolean ready() {
        return overall != Overall.UNHEALTHY;
    }

    /** The dependency of that name. */
    public Optional<DependencyHealth> dependency(String name) {
        return dependencies.stream().filter(d -> d.name().equals(name)).findFirst();
    }
}
