package dev.mooring.registry.registrations;

import java.time.Duration;

/**
 * How long a process holds what it takes to MLflow. Its calls end within the longest call and one margin; another process may begin a margin
 * later.
 */
final class Leases {
    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(5);
    private static final int SHARE = 4;

    private Leases() {}

    /** The lease where a call to MLflow takes {@code longestCall} at most. */
    static Duration lease(Duration longestCall) {
        return longestCall.plus(margin(longestCall).multipliedBy(2));
    }

    /** The time before the end of the lease from which on no call runs. */
    static Duration margin(Duration longestCall) {
        Duration part = longestCall.dividedBy(SHARE);
        Duration most = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
        return most.compareTo(SHORTEST_MARGIN) < 0 ? SHORTEST_MARGIN : most;
    }
}
