package dev.mooring.cli.database;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;

/** The time that a command has for all of its work; it runs from {@link #of} on. Thread-safe. */
final class TimeLeft {
    /** With less than this left, no further attempt begins. It is also the shortest limit of an attempt. */
    static final Duration SHORTEST = Duration.ofMillis(100);

    /** What is kept for a last attempt when the next pause would end after the time. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private final Duration limit;
    private final Deadline end;

    private TimeLeft(Duration limit) {
        this.limit = limit;
        this.end = Deadline.in(limit, Time.system());
    }

    /** A time of {@code limit}, which begins now. */
    static TimeLeft of(Duration limit) {
        return new TimeLeft(limit);
    }

    /** The whole time. */
    Duration limit() {
        return limit;
    }

    /** What is left, never negative. */
    Duration left() {
        return end.left();
    }

    boolean isOver() {
        return left().compareTo(SHORTEST) < 0;
    }

    /** The limit of an attempt, cut to what is left; never shorter than {@link #SHORTEST}. */
    Duration cut(Duration attempt) {
        return isOver() ? SHORTEST : shorter(attempt, left());
    }

    /** The pause, cut so that time for one more attempt is left. */
    Duration pause(Duration wanted) {
        Duration left = left();
        if (wanted.compareTo(left) < 0) {
            return wanted;
        }
        return left.compareTo(LAST) > 0 ? left.minus(LAST) : isOver() ? left : left.minus(SHORTEST);
    }

    /** Retries as {@code backoff} says, with each pause cut to this time, and none after it. */
    Retry retry(Backoff backoff, FailureClassifier classifier) {
        Time time = Time.system();
        return Retry.with(backoff, classifier)
                .on(time.sleeping(wanted -> time.sleep(pause(wanted))))
                .waitingFor(kind -> !kind.isPermanent() && !isOver());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
