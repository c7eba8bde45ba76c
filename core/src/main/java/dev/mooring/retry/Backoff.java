package dev.mooring.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often to try and how long to wait between, growing by a factor and spread by jitter.
 *
 * @param attempts how many attempts in all, the first one included; 1 to 1,000,000
 * @param base the wait before the second attempt; not negative
 * @param factor by how much each wait is longer than the one before; 1 or more
 * @param cap the longest wait; not shorter than the base
 * @param jitter by which share each wait is spread evenly to both sides, 0 to 1, so that clients that failed together do not
 *     come back together; the cap holds after it
 * @param deadline the overall limit from the first attempt on; no attempt begins after it
 */
public record Backoff(int attempts, Duration base, double factor, Duration cap, double jitter, Duration deadline) {
    public Backoff {
        require(attempts >= 1 && attempts <= 1_000_000, "attempts must be 1 to 1000000 but is " + attempts);
        require(!base.isNegative(), "base must not be negative but is " + base);
        require(factor >= 1 && factor <= 100, "factor must be 1 to 100 but is " + factor);
        require(cap.compareTo(base) >= 0, "cap must not be shorter than the base but is " + cap);
        require(jitter >= 0 && jitter <= 1, "jitter must be 0 to 1 but is " + jitter);
        require(!deadline.isNegative() && !deadline.isZero(), "deadline must be positive but is " + deadline);
    }

    /**
     * The wait after a failed attempt.
     *
     * @param attempt the attempt that failed, from 1
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        double plain = base.toNanos() * Math.pow(factor, attempt - 1);
        double capped = Math.min(plain, cap.toNanos());
        double spread = capped * (1 + jitter * (2 * random.nextDouble() - 1));
        return Duration.ofNanos((long) Math.min(spread, cap.toNanos()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
