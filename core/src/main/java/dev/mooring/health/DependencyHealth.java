package dev.mooring.health;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.probe.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about one dependency at one moment.
 *
 * @param name its name
 * @param critical whether the service is not ready while it is down
 * @param status its status
 * @param since when this status began
 * @param breaker the state of its breaker
 * @param checkedAt when a probe or a call last gave evidence
 * @param responseTime how long the last answer to a probe took
 * @param lastSuccess when it last answered
 * @param lastFailure how it last failed
 * @param retryAfter how long to wait until a new attempt is worthwhile; empty while the breaker is closed or bypassed
 * @param findings what is wrong although it works
 */
public record DependencyHealth(
        String name,
        boolean critical,
        Status status,
        Instant since,
        BreakerState breaker,
        Optional<Instant> checkedAt,
        Optional<Duration> responseTime,
        Optional<Instant> lastSuccess,
        Optional<Failure> lastFailure,
        Optional<Duration> retryAfter,
        List<Finding> findings) {
    public DependencyHealth {
        findings = List.copyOf(findings);
    }

    /** A setting switched the dependency off; every call to it is refused. */
    public static DependencyHealth disabled(String name, boolean critical, Instant since) {
        return without(name, critical, Status.DISABLED, since);
    }

    /** Nothing is known about the dependency. */
    public static DependencyHealth unknown(String name, boolean critical, Instant since) {
        return without(name, critical, Status.UNKNOWN, since);
    }

    private static DependencyHealth without(String name, boolean critical, Status status, Instant since) {
        return new DependencyHealth(
                name,
                critical,
                status,
                since,
                BreakerState.OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same with another status. */
    public DependencyHealth withStatus(Status other) {
        return new DependencyHealth(
                name,
                critical,
                other,
                since,
                breaker,
                checkedAt,
                responseTime,
                lastSuccess,
                lastFailure,
                retryAfter,
                findings);
    }
}
