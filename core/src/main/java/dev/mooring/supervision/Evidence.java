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

    /** Whether a probe has talked to the dependency since supervision began: until then its silence says nothing. */
    private boolean asked;

    /** When silence began to count, if no good answer came since; meaningful once asked. */
    private long askedNanos;

    private long pausedAtAsked;

    private @Nullable Long nothingHeardSince;
    /** Whether a connect since the last good answer waited in vain. */
    private boolean connectTimedOut;
    /** Whether the dependency accepted a connection since the last good answer, and did not answer on it. */
    private boolean hangs;

    private @Nullable Failure lastFailure;
    /** Since when failures have the kind of the last one, without a good answer between. */
    private @Nullable Instant failingSince;

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
        asked(nanos, pausedTotal);
        failuresInARow = 0;
        heard = true;
        endSilence();
        failingSince = null;
        lastSuccess = at;
        checkedAt = at;
    }

    /** A probe has begun to talk to the dependency. Silence counts from the first one on. */
    void asked(long now, long pausedTotal) {
        if (!asked) {
            asked = true;
            askedNanos = now;
            pausedAtAsked = pausedTotal;
        }
    }

    boolean isAsked() {
        return asked;
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
        endSilence();
        failingSince = null;
    }

    private void endSilence() {
        nothingHeardSince = null;
        connectTimedOut = false;
        hangs = false;
    }

    void answeredIn(Duration took) {
        responseTime = took;
    }

    /**
     * Notes a failure, and returns it as it counts. A server that hangs leaves connections in its queue until the queue is full; from then on
     * a connect waits in vain, too. So where the dependency accepted a connection without an answer, a connect timeout is a response timeout.
     */
    Failure bad(Failure failure) {
        boolean silent = NOTHING_HEARD.contains(failure.kind());
        connectTimedOut |= failure.kind() == FailureKind.CONNECT_TIMEOUT;
        if (!silent) {
            failuresInARow++;
            hangs = false;
            connectTimedOut = false;
        }
        Failure counted = silent && hangs ? asHanging(failure) : failure;
        if (lastFailure == null || failingSince == null || lastFailure.kind() != counted.kind()) {
            failingSince = counted.at();
        }
        lastFailure = counted;
        checkedAt = counted.at();
        return counted;
    }

    private static Failure asHanging(Failure failure) {
        return failure.kind() == FailureKind.RESPONSE_TIMEOUT
                ? failure
                : new Failure(
                        FailureKind.RESPONSE_TIMEOUT,
                        "it accepted connections and did not answer; a new connection waits, too: " + failure.message(),
                        failure.at());
    }

    /** The dependency accepted a new connection, and has not answered on it for some time. */
    void acceptedInVain() {
        hangs = true;
    }

    /** The kind of a silence: where all connects waited in vain, that is known; otherwise no answer came. */
    FailureKind silentKind() {
        return connectTimedOut && !hangs ? FailureKind.CONNECT_TIMEOUT : FailureKind.RESPONSE_TIMEOUT;
    }

    /** Keeps a failure for health to show; it is no evidence against the dependency, which answered. */
    void remember(Failure failure) {
        lastFailure = failure;
        failingSince = null;
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

    /** Nanoseconds since the last good evidence, or since a probe first asked where there is none, pauses of this process excluded. */
    long silence(long now, long pausedTotal) {
        if (asked && askedNanos - lastGoodNanos > 0) {
            return now - askedNanos - (pausedTotal - pausedAtAsked);
        }
        return now - lastGoodNanos - (pausedTotal - pausedAtLastGood);
    }

    Optional<Failure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Since when failures have the kind of the last one; empty when it answered since. */
    Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSince);
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
