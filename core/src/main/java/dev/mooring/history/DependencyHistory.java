package dev.mooring.history;

import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** The history of one dependency. Not thread-safe; guarded by its owner's lock. */
final class DependencyHistory {
    /** A dependency that changes more often than this has other problems than a short memory. */
    private static final int MOST_CHANGES = 2_000;

    private final Duration keep;
    private final Deque<StateChange> changes = new ArrayDeque<>();
    private final Deque<ResponseTimes> times = new ArrayDeque<>();

    DependencyHistory(Duration keep) {
        this.keep = keep;
    }

    void add(StateChange change) {
        changes.addLast(change);
        while (changes.size() > MOST_CHANGES || isOld(changes.getFirst().at(), change.at())) {
            changes.removeFirst();
        }
    }

    /** Puts what an earlier process saw before what this one has seen. */
    void addEarlier(StateChange change) {
        if (changes.size() < MOST_CHANGES
                && (changes.isEmpty() || !change.at().isAfter(changes.getFirst().at()))) {
            changes.addFirst(change);
        }
    }

    void answered(Instant at, Duration took) {
        long stretch = HealthHistory.STRETCH.toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), stretch) * stretch);
        ResponseTimes last = times.peekLast();
        if (last != null && last.from().equals(from)) {
            times.removeLast();
            times.addLast(last.and(took));
        } else {
            times.addLast(ResponseTimes.first(from, took));
        }
        while (isOld(times.getFirst().from(), at)) {
            times.removeFirst();
        }
    }

    List<StateChange> changesSince(Instant since) {
        return changes.stream().filter(c -> !c.at().isBefore(since)).toList();
    }

    List<ResponseTimes> timesSince(Instant since) {
        return times.stream()
                .filter(t -> t.from().plus(HealthHistory.STRETCH).isAfter(since))
                .toList();
    }

    OptionalDouble availability(Instant from, Instant now) {
        Duration known = Duration.ZERO;
        Duration usable = Duration.ZERO;
        Status present = Status.UNKNOWN;
        Instant since = from;
        for (StateChange change : changes) {
            if (change.at().isAfter(since)) {
                Duration stretch = Duration.between(since, change.at());
                known = present == Status.UNKNOWN ? known : known.plus(stretch);
                usable = isUsable(present) ? usable.plus(stretch) : usable;
                since = change.at();
            }
            present = change.to();
        }
        Duration last = Duration.between(since, now);
        known = present == Status.UNKNOWN ? known : known.plus(last);
        usable = isUsable(present) ? usable.plus(last) : usable;
        return known.isZero() || known.isNegative()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) usable.toNanos() / known.toNanos());
    }

    private static boolean isUsable(Status status) {
        return status == Status.UP || status == Status.DEGRADED || status == Status.RECOVERING;
    }

    private boolean isOld(Instant at, Instant now) {
        return at.isBefore(now.minus(keep));
    }
}
