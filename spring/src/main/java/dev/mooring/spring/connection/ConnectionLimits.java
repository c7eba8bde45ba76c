package dev.mooring.spring.connection;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the connections of one listener may use.
 *
 * @param most how many connections there may be, at least 1
 * @param perClient how many of them one client address may have; empty for all
 * @param places how many requests the listener serves at a time; empty where threads are not scarce
 * @param head how long the head of a request may take: of the first one since the client connected, of a later one since its first byte
 * @param idle how long a connection may wait for its next request while there are enough places
 * @param answer how long an answer may take to be written once its client has let it wait
 */
public record ConnectionLimits(
        int most, OptionalInt perClient, OptionalInt places, Duration head, Duration idle, Duration answer) {
    /** Limits that no connection reaches. */
    public static final ConnectionLimits NONE = new ConnectionLimits(
            Integer.MAX_VALUE,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Duration.ofDays(365),
            Duration.ofDays(365),
            Duration.ofDays(365));

    /** Below this share of free places, connections may be idle for less. */
    private static final int SCARCE = 4;
    /** This share of the places stays free for newcomers. */
    private static final int KEPT_FREE = 8;

    private static final double LEAST_SHARE = 1.0 / 8;

    /** How many places stay free: an eighth. */
    int keptFree() {
        return most / KEPT_FREE;
    }

    /** How many requests may be served before those that wait for their clients have to end: three quarters of the places. */
    int calm() {
        return places.isPresent() ? places.getAsInt() - allowedToWait() : Integer.MAX_VALUE;
    }

    /** How many requests may wait for their clients at any time: a quarter of the places. */
    int allowedToWait() {
        return places.orElse(Integer.MAX_VALUE) / SCARCE;
    }

    /**
     * How long a connection may be idle while {@code free} places are free: the whole time as long as these are a quarter of all, then in
     * proportion, at least an eighth of the time.
     */
    Duration idleWith(int free) {
        double share = (double) free * SCARCE / most;
        return Duration.ofNanos((long) (idle.toNanos() * Math.max(LEAST_SHARE, Math.min(1, share))));
    }
}
