package dev.mooring.postgres;

import dev.mooring.Dependency;
import java.time.Duration;

/**
 * How long one caller goes on waiting for a connection: up to its limit, and up to 2 s in all while the supervisor suspects the database, or an
 * idle connection did not answer. The caller waits in parts and looks after each, because the database may be lost while it waits. Used by
 * one thread.
 */
final class AcquireWait {
    private static final long LOOK = Duration.ofMillis(400).toNanos();
    /** A little less than 2 s, so that the refusal comes within 2 s. */
    private static final long IN_DOUBT = Duration.ofMillis(1900).toNanos();

    private final Dependency dependency;
    private final long limit;
    private final long begun = System.nanoTime();
    private long partBegun = begun;
    private boolean asked;
    /** Whether a connection of the pool did not answer: then a part takes as long as a validation may, which no other part does. */
    private boolean mute;

    AcquireWait(Dependency dependency, Duration limit) {
        this.dependency = dependency;
        this.limit = limit.toNanos();
    }

    /** How long to wait until the next look. */
    Duration part() {
        partBegun = System.nanoTime();
        long passed = partBegun - begun;
        long left = limit - passed;
        if (passed < IN_DOUBT) {
            left = Math.min(left, IN_DOUBT - passed);
        }
        return Duration.ofNanos(Math.max(0, Math.min(left, LOOK)));
    }

    /** Whether the caller has to give up. The first look asks for a probe, so that a database that hangs is suspected within 2 s. */
    boolean isOver() {
        mute |= System.nanoTime() - partBegun >= Pools.VALIDATION.toNanos();
        if (!asked) {
            asked = true;
            dependency.probeSoon();
        }
        return isLimitOver() || isInDoubt();
    }

    /** Whether the caller has to give up because the database may be lost. */
    boolean isInDoubt() {
        return passed() >= IN_DOUBT && (mute || dependency.isSuspected());
    }

    boolean isLimitOver() {
        return passed() >= limit;
    }

    long passed() {
        return System.nanoTime() - begun;
    }
}
