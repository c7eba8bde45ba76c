package dev.mooring.testing.load;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The results of the calls of a load, or of a part of them. Moments are readings of {@link System#nanoTime}. Immutable.
 *
 * @param calls the calls, in the order in which they were due
 */
public record LoadRecord(List<Sent> calls) {
    public LoadRecord {
        calls = calls.stream().sorted(Comparator.comparingLong(Sent::dueNanos)).toList();
    }

    /** The calls that were due from {@code from} until before {@code to}. */
    public LoadRecord between(long from, long to) {
        return new LoadRecord(calls.stream()
                .filter(call -> call.dueNanos() - from >= 0 && call.dueNanos() - to < 0)
                .toList());
    }

    /** The calls that were due from this moment on. */
    public LoadRecord from(long moment) {
        return between(moment, moment + Long.MAX_VALUE);
    }

    /** How many calls there were. */
    public int count() {
        return calls.size();
    }

    /** How many calls threw an exception. */
    public int failed() {
        return (int) failures().count();
    }

    /** How many calls took longer than {@code limit}, failed calls included. */
    public int slowerThan(Duration limit) {
        return (int)
                calls.stream().filter(call -> call.took().compareTo(limit) > 0).count();
    }

    /** The duration of the slowest call; zero if there were no calls. */
    public Duration slowest() {
        return calls.stream().map(Sent::took).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** When the first successful call ended. */
    public OptionalLong firstSuccess() {
        return calls.stream().filter(Sent::succeeded).mapToLong(Sent::endNanos).reduce((a, b) -> a - b < 0 ? a : b);
    }

    /** When the last failed call was due. */
    public OptionalLong lastFailure() {
        return failures().mapToLong(Sent::dueNanos).reduce((a, b) -> b);
    }

    private Stream<Sent> failures() {
        return calls.stream().filter(call -> !call.succeeded());
    }
}
