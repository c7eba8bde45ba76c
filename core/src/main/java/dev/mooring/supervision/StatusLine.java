package dev.mooring.supervision;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.time.Time;
import dev.mooring.time.TimeSpent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The present status of one dependency, since when it has that, and the events of its changes. Used on the supervisor's thread; any
 * thread reads the times.
 */
final class StatusLine {
    /** Between two events about an outage that lasts. */
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final String dependency;
    private final Time time;
    private final TimeSpent<Status> past = new TimeSpent<>(Status.class);
    /** Written by the supervisor; immutable. */
    private volatile Present present;

    private final LongSupplier refusedCalls;
    private final LongSupplier failedCalls;

    private Optional<Outage> outage = Optional.empty();

    /**
     * {@code finding} is what made the status degraded; empty in any other status. {@code failedBefore} is how many calls had failed when the
     * status began.
     */
    private record Present(
            Status status, Instant since, long sinceNanos, Optional<Failure> finding, long failedBefore) {}

    /**
     * An outage that lasts.
     *
     * @param began the monotonic clock when it began
     * @param refusedBefore how many calls the breaker had refused until then
     * @param toldAt the monotonic clock at the last event about it
     */
    private record Outage(long began, long refusedBefore, long toldAt) {
        Outage told(long now) {
            return new Outage(began, refusedBefore, now);
        }
    }

    /**
     * Begins with the status {@code first}.
     *
     * @param refusedCalls how many calls the breaker has refused
     * @param failedCalls how many calls that it admitted have failed
     */
    StatusLine(String dependency, Status first, LongSupplier refusedCalls, LongSupplier failedCalls, Time time) {
        this.dependency = dependency;
        this.refusedCalls = refusedCalls;
        this.failedCalls = failedCalls;
        this.time = time;
        this.present = new Present(first, time.now(), time.nanos(), Optional.empty(), 0);
    }

    Instant since() {
        return present.since();
    }

    Map<Status, Duration> timeInStatuses() {
        Present now = present;
        return past.with(now.status(), Duration.ofNanos(time.nanos() - now.sinceNanos()));
    }

    /** Sets the status; returns the events of the change. */
    List<MooringEvent> show(Status next, BreakerView breaker, Evidence evidence, List<Finding> findings) {
        Present left = present;
        long now = time.nanos();
        Instant at = time.now();
        List<MooringEvent> events = new ArrayList<>();
        if (next != left.status()) {
            Duration lasted = Duration.ofNanos(now - left.sinceNanos());
            past.add(left.status(), lasted);
            Optional<Failure> finding = next == Status.DEGRADED ? first(findings, at) : Optional.empty();
            present = new Present(next, at, now, finding, failedCalls.getAsLong());
            Optional<Failure> failure = next == Status.DOWN ? failureBehind(breaker, evidence) : finding;
            String cause = failure.map(Failure::toString).orElseGet(() -> withoutFailure(next, left, breaker));
            events.add(new MooringEvent.StatusChanged(dependency, at, left.status(), next, lasted, cause, failure));
        }
        outage(next, breaker, evidence, now, at).ifPresent(events::add);
        return events;
    }

    /** An operator's act is no outage, whatever failed before it; an outage that the act hid shows when the act ends. */
    private Optional<MooringEvent> outage(Status status, BreakerView breaker, Evidence evidence, long now, Instant at) {
        if (status == Status.DOWN) {
            Optional<Failure> failure = failureBehind(breaker, evidence);
            if (outage.isPresent()) {
                return outage.filter(lasting -> now - lasting.toldAt() >= REMINDER.toNanos())
                        .map(lasting -> lasts(lasting, failure, now, at));
            }
            if (breaker.state() == BreakerState.FORCED_OPEN || failure.isEmpty()) {
                return Optional.empty();
            }
            outage = Optional.of(new Outage(now, refusedCalls.getAsLong(), now));
            return Optional.of(
                    new MooringEvent.OutageDetected(dependency, at, Duration.ofNanos(now - evidence.lastGoodNanos())));
        }
        if (status != Status.UP && status != Status.DEGRADED) {
            return Optional.empty();
        }
        Optional<Outage> ended = outage;
        outage = Optional.empty();
        return ended.filter(past -> evidence.lastGoodNanos() - past.began() > 0)
                .map(past -> new MooringEvent.Recovered(
                        dependency, at, Duration.ofNanos(now - past.began()), refusedIn(past)));
    }

    private MooringEvent lasts(Outage lasting, Optional<Failure> failure, long now, Instant at) {
        outage = Optional.of(lasting.told(now));
        return new MooringEvent.OutageLasts(
                dependency, at, Duration.ofNanos(now - lasting.began()), refusedIn(lasting), failure);
    }

    private long refusedIn(Outage outage) {
        return refusedCalls.getAsLong() - outage.refusedBefore();
    }

    /** The failure that makes the dependency down; empty while an operator refuses its calls. */
    private static Optional<Failure> failureBehind(BreakerView breaker, Evidence evidence) {
        return switch (breaker.state()) {
            case FORCED_OPEN -> Optional.empty();
            case BYPASSED -> evidence.lastFailure();
            case OPEN, RECOVERING, CLOSED -> breaker.failure();
        };
    }

    private static Optional<Failure> first(List<Finding> findings, Instant at) {
        return findings.stream().findFirst().map(finding -> new Failure(finding.kind(), finding.message(), at));
    }

    private String withoutFailure(Status next, Present left, BreakerView breaker) {
        if (next == Status.UP && left.finding().isPresent()) {
            long failed = failedCalls.getAsLong() - left.failedBefore();
            String cost = failed == 0 ? "" : failed == 1 ? "; 1 call failed" : "; " + failed + " calls failed";
            return left.finding().get().kind().code() + " is over" + cost;
        }
        String state = breaker.state().code();
        return breaker.forced()
                .map(act -> state + " " + act.words(breaker.since()))
                .orElse("breaker " + state);
    }
}
