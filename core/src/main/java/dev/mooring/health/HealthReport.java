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
 * @param openReasons the reasons without the words of others: those of servers, and of start tasks that are no part of Mooring
 * @param error the code of the first reason: a failure kind, {@code starting}, {@code shutting_down}, {@code unknown} or {@code
 *     forced_open}; present exactly when not ready
 * @param warnings what is wrong although the service works, one line each: why it is degraded
 * @param dependencies one entry for each dependency, in the order in which they were given
 */
public record HealthReport(
        Instant at,
        Overall overall,
        List<String> reasons,
        List<String> openReasons,
        Optional<String> error,
        List<String> warnings,
        List<DependencyHealth> dependencies) {
    public HealthReport {
        reasons = List.copyOf(reasons);
        openReasons = List.copyOf(openReasons);
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

    /**
     * The same for readers who may not know addresses, names and the words of servers. Each message is what to check for its kind; only the
     * finding of a fallback name keeps its own.
     */
    public HealthReport open() {
        List<DependencyHealth> open =
                dependencies.stream().map(DependencyHealth::open).toList();
        List<String> told =
                open.stream().flatMap(one -> one.warnings().stream()).toList();
        return new HealthReport(at, overall, openReasons, openReasons, error, told, open);
    }

    /** The dependency of that name. */
    public Optional<DependencyHealth> dependency(String name) {
        return dependencies.stream().filter(d -> d.name().equals(name)).findFirst();
    }
}
