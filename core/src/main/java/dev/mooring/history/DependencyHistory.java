package dev.mooring.history;

import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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

    /** Adds a change that an earlier process saw, before those of this process. */
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

    Availability availability(Instant from, Instant now) {
        Duration known = Duration.ZERO;
        Duration usable = Duration.ZERO;
        for (Stretch stretch : stretches(now)) {
            Duration part = stretch.after(from);
            known = isKnown(stretch.status()) ? known.plus(part) : known;
            usable = isUsable(stretch.status()) ? usable.plus(part) : usable;
        }
        return new Availability(known, usable);
    }

    /** Time in one status. */
    private record Stretch(Status status, Instant from, Instant to) {
        Duration after(Instant cut) {
            Instant begin = from.isBefore(cut) ? cut : from;
            return begin.isBefore(to) ? Duration.between(begin, to) : Duration.ZERO;
        }
    }

    /** Each change says how long the status before it lasted, so the first one reaches back to before itself. */
    private List<Stretch> stretches(Instant now) {
        List<Stretch> all = new ArrayList<>();
        Status present = Status.UNKNOWN;
        Instant since = Instant.MIN;
        for (StateChange change : changes) {
            Instant began = change.at().minus(change.lasted());
            all.add(new Stretch(change.from(), began.isBefore(since) ? since : began, change.at()));
            present = change.to();
            since = change.at();
        }
        all.add(new Stretch(present, since, now));
        return all;
    }

    private static boolean isKnown(Status status) {
        return status != Status.UNKNOWN && status != Status.DISABLED;
    }

    private static boolean isUsable(Status status) {
        return status == Status.UP || status == Status.DEGRADED || status == Status.RECOVERING;
    }

    private boolean isOld(Instant at, Instant now) {
        return at.isBefore(now.minus(keep));
    }
}
