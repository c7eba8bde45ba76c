package dev.mooring.supervision;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about one dependency: the last good answer, failures since, silence. Used on the supervisor's thread. */
final class Evidence {
    /** Kinds that say only that no answer came: they add to the silence, and are no failure in a row. */
    private static final Set<FailureKind> NOTHING_HEARD =
            EnumSet.of(FailureKind.CONNECT_TIMEOUT, FailureKind.RESPONSE_TIMEOUT);

    private long lastGoodNanos;
    private long pausedAtLastGood;
    private int failuresInARow;
    /** Whether a good answer came since supervision began, or since {@link #forget}. */
    private boolean heard;

    private @Nullable Long nothingHeardSince;
    private @Nullable Failure lastFailure;
    private @Nullable Instant lastSuccess;
    private @Nullable Instant checkedAt;
    private @Nullable Duration responseTime;

    Evidence(long now) {
        lastGoodNanos = now;
    }

    void good(long nanos, Instant at, long pausedTotal) {
        if (nanos - lastGoodNanos >= 0) {
            lastGoodNanos = nanos;
            pausedAtLastGood = pausedTotal;
        }
        failuresInARow = 0;
        heard = true;
        nothingHeardSince = null;
        lastSuccess = at;
        checkedAt = at;
    }

    /** No call failed since the last success: that counts as good, although no answer came just now. */
    void quiet(long nanos) {
        lastGoodNanos = nanos;
        failuresInARow = 0;
    }

    /** An operator closed the breaker: earlier evidence for or against the dependency no longer counts. */
    void forget(long now, long pausedTotal) {
        heard = false;
        lastGoodNanos = now;
        pausedAtLastGood = pausedTotal;
        failuresInARow = 0;
        nothingHeardSince = null;
    }

    void answeredIn(Duration took) {
        responseTime = took;
    }

    void bad(Failure failure) {
        lastFailure = failure;
        checkedAt = failure.at();
        if (!NOTHING_HEARD.contains(failure.kind())) {
            failuresInARow++;
        }
    }

    /** Keeps a failure for health to show; it is no evidence against the dependency, which answered. */
    void remember(Failure failure) {
        lastFailure = failure;
    }

    /** A probe that began at {@code askedNanos} ended without an answer. */
    void nothingHeard(Failure failure, long askedNanos) {
        if (NOTHING_HEARD.contains(failure.kind()) && nothingHeardSince == null) {
            nothingHeardSince = askedNanos;
        }
    }

    /** No thread was free for a probe, because all hang with earlier ones: that is silence too. */
    void notAsked(long now) {
        if (nothingHeardSince == null) {
            nothingHeardSince = now;
        }
    }

    /** A probe waited its whole time in vain: no probe since the last good answer got one. */
    void gaveUp() {
        if (nothingHeardSince == null) {
            nothingHeardSince = lastGoodNanos;
        }
    }

    /**
     * How long ago the first probe began that ended without an answer, pauses of this process excluded; zero when there is none.
     */
    long nothingHeardFor(long now, long pausedTotal) {
        return nothingHeardSince == null ? 0 : now - nothingHeardSince - (pausedTotal - pausedAtLastGood);
    }

    /** Whether a good answer came since supervision began, or since {@link #forget}; without one the status is unknown. */
    boolean isHeardOf() {
        return heard;
    }

    long lastGoodNanos() {
        return lastGoodNanos;
    }

    boolean heardBadNews() {
        return failuresInARow > 0;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    /** Nanoseconds since the last good evidence, pauses of this process excluded. */
    long silence(long now, long pausedTotal) {
        return now - lastGoodNanos - (pausedTotal - pausedAtLastGood);
    }

    Optional<Failure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    Optional<Instant> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    Optional<Instant> checkedAt() {
        return Optional.ofNullable(checkedAt);
    }

    Optional<Duration> responseTime() {
        return Optional.ofNullable(responseTime);
    }
}
