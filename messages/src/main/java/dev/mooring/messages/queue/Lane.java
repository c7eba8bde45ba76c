package dev.mooring.messages.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The messages of one key that a consumer holds. Only {@link Lanes} uses it, under its lock. */
final class Lane {
    /** The first one is processed next. */
    final Deque<Held> waiting = new ArrayDeque<>();

    /** When the next attempt may begin, in nanoseconds of the consumer's clock. */
    long dueAt;

    /** Whether a thread processes the first message. */
    boolean runs;

    /** When that thread began. */
    long begunAt;

    List<Held> untouched() {
        return waiting.stream().skip(runs ? 1 : 0).toList();
    }

    /**
     * A message in a lane.
     *
     * @param failures how many attempts of this process failed
     * @param number how many attempts this process made, those that do not count included
     */
    record Held(Received message, int failures, int number, long leaseEndsAt) {
        Held leasedUntil(long at) {
            return new Held(message, failures, number, at);
        }

        Held after(boolean counts) {
            return new Held(message, failures + (counts ? 1 : 0), number + 1, leaseEndsAt);
        }
    }
}
