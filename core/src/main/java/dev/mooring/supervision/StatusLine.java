package dev.mooring.supervision;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.health.Status;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status told last, since when, and what its changes mean. Used on the supervisor's thread. */
final class StatusLine {
    private final String dependency;
    private final Time time;
    private Status status = Status.UNKNOWN;
    private Instant since;
    private long sinceNanos;
    private Optional<Long> downSince = Optional.empty();

    StatusLine(String dependency, Time time) {
        this.dependency = dependency;
        this.time = time;
        this.since = time.now();
        this.sinceNanos = time.nanos();
    }

    Instant since() {
        return since;
    }

    /** Shows a status; gives what is worth telling. */
    List<MooringEvent> show(Status next, BreakerView breaker, Evidence evidence) {
        if (next == status) {
            return List.of();
        }
        long now = time.nanos();
        Status from = status;
        Duration lasted = Duration.ofNanos(now - sinceNanos);
        status = next;
        since = time.now();
        sinceNanos = now;
        Optional<Failure> failure =
                next == Status.DOWN ? breaker.failure().or(evidence::lastFailure) : Optional.empty();
        List<MooringEvent> told = new ArrayList<>();
        String cause = failure.map(Failure::toString)
                .orElse("breaker " + breaker.state().code());
        told.add(new MooringEvent.StatusChanged(dependency, since, from, next, lasted, cause, failure));
        if (next == Status.DOWN && downSince.isEmpty() && breaker.state() != BreakerState.FORCED_OPEN) {
            downSince = Optional.of(now);
            told.add(new MooringEvent.OutageDetected(
                    dependency, since, Duration.ofNanos(now - evidence.lastGoodNanos())));
        } else if (next == Status.UP || next == Status.DEGRADED) {
            downSince
                    .filter(down -> evidence.lastGoodNanos() - down > 0)
                    .ifPresent(down ->
                            told.add(new MooringEvent.Recovered(dependency, since, Duration.ofNanos(now - down))));
            downSince = Optional.empty();
        }
        return told;
    }
}
