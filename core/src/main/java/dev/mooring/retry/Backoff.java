package dev.mooring.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many attempts to make and how long to wait between them; waits grow by a factor and are spread by jitter. Immutable; begin
 * with {@link #exponential}, the methods with an argument give a changed copy.
 *
 * <pre>{@code
 * Backoff patient = Backoff.exponential(Duration.ofSeconds(1)).factor(1.5).attempts(10).deadline(Duration.ofMinutes(10));
 * }</pre>
 *
 * @param attempts how many attempts in all, the first one included; 1 to 1,000,000, default 3
 * @param base the wait before the second attempt; not negative
 * @param factor by how much each wait is longer than the one before; 1 to 100, default 2
 * @param cap the longest wait; not shorter than the base, default 30 s or the base if that is longer
 * @param jitter by which share each wait is spread evenly to both sides, so that clients that failed together do not come back
 *     together; 0 to 1, default 0.2. The cap holds after it
 * @param deadline the overall limit from the first attempt on, default 30 s; no attempt begins after it
 */
public record Backoff(int attempts, Duration base, double factor, Duration cap, double jitter, Duration deadline) {
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    public Backoff {
        require(attempts >= 1 && attempts <= 1_000_000, "attempts must be 1 to 1000000 but is " + attempts);
        require(!base.isNegative(), "base must not be negative but is " + base);
        require(factor >= 1 && factor <= 100, "factor must be 1 to 100 but is " + factor);
        require(cap.compareTo(base) >= 0, "cap must not be shorter than the base but is " + cap);
        require(jitter >= 0 && jitter <= 1, "jitter must be 0 to 1 but is " + jitter);
        require(!deadline.isNegative() && !deadline.isZero(), "deadline must be positive but is " + deadline);
    }

    /** Waits that begin with {@code base} and double, with the defaults of everything else. */
    public static Backoff exponential(Duration base) {
        return new Backoff(3, base, 2, base.compareTo(CAP) > 0 ? base : CAP, 0.2, DEADLINE);
    }

    /** The same with that many attempts, the first one included. */
    public Backoff attempts(int most) {
        return new Backoff(most, base, factor, cap, jitter, deadline);
    }

    /** The same, but each wait is longer than the one before by this factor. */
    public Backoff factor(double growth) {
        return new Backoff(attempts, base, growth, cap, jitter, deadline);
    }

    /** The same with another longest wait. */
    public Backoff cap(Duration longest) {
        return new Backoff(attempts, base, factor, longest, jitter, deadline);
    }

    /** The same, but each wait is spread by this share; 0 is not at all. */
    public Backoff jitter(double share) {
        return new Backoff(attempts, base, factor, cap, share, deadline);
    }

    /** The same, but no attempt begins later than that after the first. */
    public Backoff deadline(Duration overall) {
        return new Backoff(attempts, base, factor, cap, jitter, overall);
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
