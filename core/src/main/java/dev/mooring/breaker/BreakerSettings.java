package dev.mooring.breaker;

import java.time.Duration;
import java.util.Optional;

/**
 * How one breaker behaves. Immutable; the methods with an argument give a changed copy.
 *
 * @param failures failures in a row that open it; 1 to 10,000, default 5
 * @param recoveryTimeout the longest pause before a trial call to a dependency without a probe; 100 ms to 1 h, default 60 s. The
 *     first pauses are a twelfth of it
 * @param successes successes that close it again; 1 to 1,000, default 3. Each failed recovery adds two, up to three times as many
 * @param maxRecoveryAttempts failed recoveries after which the pauses grow; 1 to 1,000, default 3
 * @param failureRate the share of failed calls that opens it too; off by default
 */
public record BreakerSettings(
        int failures,
        Duration recoveryTimeout,
        int successes,
        int maxRecoveryAttempts,
        Optional<FailureRate> failureRate) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** Of the recovery timeout, before the pauses grow: 5 s of 60 s. */
    private static final int FIRST_PAUSES = 12;

    private static final int MORE_AFTER_FAILED_RECOVERY = 2;
    private static final int AT_MOST_TIMES = 3;

    /** The defaults. */
    public BreakerSettings() {
        this(5, Duration.ofSeconds(60), 3, 3, Optional.empty());
    }

    public BreakerSettings {
        require(failures >= 1 && failures <= 10_000, "failures must be 1 to 10000 but is " + failures);
        require(
                recoveryTimeout.compareTo(SHORTEST) >= 0 && recoveryTimeout.compareTo(LONGEST) <= 0,
                "recoveryTimeout must be 100 ms to 1 h but is " + recoveryTimeout);
        require(successes >= 1 && successes <= 1_000, "successes must be 1 to 1000 but is " + successes);
        require(
                maxRecoveryAttempts >= 1 && maxRecoveryAttempts <= 1_000,
                "maxRecoveryAttempts must be 1 to 1000 but is " + maxRecoveryAttempts);
    }

    /**
     * Opens the breaker when at least {@code share} of the last {@code calls} calls failed.
     *
     * @param share above 0, at most 1
     * @param calls the size of the window; 2 to 10,000. A window that is not full opens nothing
     */
    public record FailureRate(double share, int calls) {
        public FailureRate {
            require(share > 0 && share <= 1, "share must be above 0 and at most 1 but is " + share);
            require(calls >= 2 && calls <= 10_000, "calls must be 2 to 10000 but is " + calls);
        }
    }

    /** Opens after that many failures in a row. */
    public BreakerSettings failures(int inARow) {
        return new BreakerSettings(inARow, recoveryTimeout, successes, maxRecoveryAttempts, failureRate);
    }

    /** Lets a trial call through after that long at the latest. */
    public BreakerSettings recoveryTimeout(Duration longestPause) {
        return new BreakerSettings(failures, longestPause, successes, maxRecoveryAttempts, failureRate);
    }

    /** Closes after that many successes. */
    public BreakerSettings successes(int needed) {
        return new BreakerSettings(failures, recoveryTimeout, needed, maxRecoveryAttempts, failureRate);
    }

    /** Pauses grow after that many failed recoveries. */
    public BreakerSettings maxRecoveryAttempts(int attempts) {
        return new BreakerSettings(failures, recoveryTimeout, successes, attempts, failureRate);
    }

    /** Opens too when {@code share} of the last {@code calls} calls failed. */
    public BreakerSettings failureRate(double share, int calls) {
        return new BreakerSettings(
                failures, recoveryTimeout, successes, maxRecoveryAttempts, Optional.of(new FailureRate(share, calls)));
    }

    /** How many successes close the breaker after {@code failedRecoveries} recoveries failed. */
    public int successesAfter(int failedRecoveries) {
        long wanted = successes + (long) MORE_AFTER_FAILED_RECOVERY * failedRecoveries;
        return (int) Math.min(wanted, (long) AT_MOST_TIMES * successes);
    }

    /** The pause before the next trial call of a dependency without a probe, before jitter. */
    public Duration pauseAfter(int failedRecoveries) {
        Duration first = recoveryTimeout.dividedBy(FIRST_PAUSES);
        int doublings = Math.max(0, Math.min(failedRecoveries - maxRecoveryAttempts, FIRST_PAUSES));
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(recoveryTimeout) < 0 ? grown : recoveryTimeout;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
