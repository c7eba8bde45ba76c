package dev.mooring.supervision;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.health.Status;
import dev.mooring.time.Time;
import dev.mooring.time.TimeSpent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status told last, since when, and what its changes mean. Used on the supervisor's thread; the times are read by anybody. */
final class StatusLine {
    private final String dependency;
    private final Time time;
    private final TimeSpent<Status> past = new TimeSpent<>(Status.class);
    /** Written by the supervisor; immutable. */
    private volatile Present present;

    private Optional<Long> downSince = Optional.empty();

    private record Present(Status status, Instant since, long sinceNanos) {}

    /** Begins with the status {@code first}. */
    StatusLine(String dependency, Status first, Time time) {
        this.dependency = dependency;
        this.time = time;
        this.present = new Present(first, time.now(), time.nanos());
    }

    Instant since() {
        return present.since();
    }

    Map<Status, Duration> timeInStatuses() {
        Present now = present;
        return past.with(now.status(), Duration.ofNanos(time.nanos() - now.sinceNanos()));
    }

    /** Shows a status; gives what is worth telling. */
    List<MooringEvent> show(Status next, BreakerView breaker, Evidence evidence) {
        Present left = present;
        if (next == left.status()) {
            return List.of();
        }
        long now = time.nanos();
        Instant since = time.now();
        Duration lasted = Duration.ofNanos(now - left.sinceNanos());
        past.add(left.status(), lasted);
        present = new Present(next, since, now);
        Optional<Failure> failure =
                next == Status.DOWN ? breaker.failure().or(evidence::lastFailure) : Optional.empty();
        List<MooringEvent> told = new ArrayList<>();
        String cause = failure.map(Failure::toString)
                .orElse("breaker " + breaker.state().code());
        told.add(new MooringEvent.StatusChanged(dependency, since, left.status(), next, lasted, cause, failure));
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
