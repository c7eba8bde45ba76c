package dev.mooring.supervision;

import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.failure.Failure;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the evidence on one dependency. Three things convict it: enough clear refusals in a row, silence for the whole timeout
 * with a probe waiting or ended without an answer, and one permanent failure. Used on the supervisor's thread.
 */
final class Judge {
    /** After a pause of this process, answers that came meanwhile need this long to be read. */
    static final Duration RAN_AGAIN = Duration.ofMillis(500);

    private final Supervised spec;
    private final BreakerControl control;
    private final Evidence evidence;
    private final ProbeSlots slots;
    private final Pauses pauses;
    private final Time time;
    private @Nullable Verdict verdict;

    /** What the evidence says against the dependency. */
    private record Verdict(TransitionCause cause, String because, Failure failure) {}

    Judge(Supervised spec, BreakerControl control, Evidence evidence, ProbeSlots slots, Pauses pauses, Time time) {
        this.spec = spec;
        this.control = control;
        this.evidence = evidence;
        this.slots = slots;
        this.pauses = pauses;
        this.time = time;
    }

    /** The failure by which the evidence convicts the dependency, whatever an operator ordered. Holds until {@link #acquit}. */
    Optional<Failure> convicting() {
        return Optional.ofNullable(verdict).map(Verdict::failure);
    }

    /** Ends the conviction: a good answer came, or an operator closed the breaker. */
    void acquit() {
        verdict = null;
    }

    /** Weighs the evidence, and convicts where it suffices. */
    void judge(long now) {
        Optional<Verdict> weighed = weigh(now);
        if (weighed.isEmpty()) {
            return;
        }
        Verdict present = weighed.get();
        boolean moved = control.convict(present.cause(), present.because(), present.failure());
        if (present.cause() == TransitionCause.SILENCE && (moved || verdict == null)) {
            control.explain(evidence.bad(present.failure()));
        }
        verdict = present;
    }

    private Optional<Verdict> weigh(long now) {
        int inARow = evidence.failuresInARow();
        Optional<Failure> last = evidence.lastFailure();
        if (inARow > 0 && last.isPresent() && last.get().kind().isPermanent()) {
            return Optional.of(
                    new Verdict(TransitionCause.PERMANENT_FAILURE, " because its failure is permanent", last.get()));
        }
        if (inARow >= spec.breaker().failures() && last.isPresent()) {
            String because = inARow == 1 ? " after a failed probe" : " after " + inARow + " failed probes in a row";
            return Optional.of(new Verdict(TransitionCause.CONSECUTIVE_FAILURES, because, last.get()));
        }
        return isSilent(now) ? Optional.of(silence(now)) : Optional.empty();
    }

    private Verdict silence(long now) {
        double seconds = evidence.silence(now, pauses.total()) / 1e9;
        String message = String.format(Locale.ROOT, "no answer for %.1f s", seconds);
        Failure silent = new Failure(evidence.silentKind(), message, time.now());
        return new Verdict(TransitionCause.SILENCE, " after " + message, silent);
    }

    private boolean isSilent(long now) {
        long once = spec.timing().timeout().toNanos();
        // A process that has just begun may need long until its first probe sends something. A probe need not say
        // when it does, so half a timeout more suffices in any case.
        long timeout = evidence.isAsked() ? once : once + once / 2;
        long pending = once - spec.timing().interval().toNanos();
        return evidence.silence(now, pauses.total()) >= timeout
                && Math.max(slots.oldestAge(now, pauses.total()), evidence.nothingHeardFor(now, pauses.total()))
                        >= pending
                && pauses.runningFor(now) >= RAN_AGAIN.toNanos();
    }
}
