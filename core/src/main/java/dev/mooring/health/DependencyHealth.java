package dev.mooring.health;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known about one dependency at one moment.
 *
 * @param name its name
 * @param critical whether the service is not ready while it is down
 * @param status its status
 * @param since when this status began; while an operator keeps the breaker open, when that order began
 * @param breaker the state of its breaker
 * @param checkedAt when a probe or a call last gave evidence
 * @param responseTime how long the last answer to a probe took
 * @param lastSuccess when it last answered
 * @param lastFailure how it last failed
 * @param failingSince since when its failures have the kind of the last one; empty when it answered since, and without a probe
 * @param retryAfter how long to wait until a new attempt is worthwhile; empty while the breaker is closed or bypassed
 * @param findings what is wrong although it works
 * @param hints what to check for a failure of each kind, as one sentence about this dependency
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
        Optional<Instant> failingSince,
        Optional<Duration> retryAfter,
        List<Finding> findings,
        Function<FailureKind, String> hints) {
    public DependencyHealth {
        findings = List.copyOf(findings);
    }

    /** The same with the hints that hold for every dependency. */
    public DependencyHealth(
            String name,
            boolean critical,
            Status status,
            Instant since,
            BreakerState breaker,
            Optional<Instant> checkedAt,
            Optional<Duration> responseTime,
            Optional<Instant> lastSuccess,
            Optional<Failure> lastFailure,
            Optional<Instant> failingSince,
            Optional<Duration> retryAfter,
            List<Finding> findings) {
        this(
                name,
                critical,
                status,
                since,
                breaker,
                checkedAt,
                responseTime,
                lastSuccess,
                lastFailure,
                failingSince,
                retryAfter,
                findings,
                FailureKind::hint);
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
                Optional.empty(),
                List.of());
    }

    /** What is wrong although the service works, one line each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        findings.forEach(finding -> warnings.add(name + ": " + finding.message()));
        if (!critical && status == Status.DOWN) {
            warnings.add(name + ": down, " + lastFailure.map(Failure::toString).orElse("refused by an operator"));
        }
        if (status == Status.RECOVERING) {
            warnings.add(name + ": recovering, the breaker lets calls in by steps");
        }
        if (isUnclear()) {
            warnings.add(name + ": unknown, "
                    + lastFailure
                            .map(last -> "no recent answer; the last one failed with " + last)
                            .orElse("nothing has answered yet"));
        }
        return warnings;
    }

    /** Whether the status is unknown, and the service is no more than degraded by that: a reason would name it otherwise. */
    private boolean isUnclear() {
        boolean admitsCalls = breaker == BreakerState.CLOSED || breaker == BreakerState.BYPASSED;
        return status == Status.UNKNOWN && (admitsCalls ? lastFailure.isPresent() : !critical);
    }

    /** The same with what to check in the place of each message; see {@link HealthReport#open}. */
    DependencyHealth open() {
        return new DependencyHealth(
                name,
                critical,
                status,
                since,
                breaker,
                checkedAt,
                responseTime,
                lastSuccess,
                lastFailure.map(failed -> new Failure(failed.kind(), hints.apply(failed.kind()), failed.at())),
                failingSince,
                retryAfter,
                findings.stream().map(this::open).toList(),
                hints);
    }

    private Finding open(Finding finding) {
        boolean isFallback = finding.kind() == FailureKind.DATABASE_MISSING;
        return isFallback ? finding : new Finding(finding.kind(), hints.apply(finding.kind()));
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
                failingSince,
                retryAfter,
                findings,
                hints);
    }
}
