package dev.mooring.supervision;

import dev.mooring.breaker.BreakerControl;
import dev.mooring.breaker.BreakerState;
import dev.mooring.probe.ProbeKind;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.time.Time;
import java.time.Duration;

/**
 * Decides when to probe one dependency, and on which connection: at the set interval while all is well, five times a second while
 * something is suspected or the breaker recovers, twice a second while it is open, every 2 s while the dependency accepts connections
 * without an answer, and every 5 s after a permanent failure. Used on the supervisor's thread.
 */
final class Questions {
    private static final double SPREAD = 0.2;

    private final Supervised spec;
    private final BreakerControl control;
    private final Evidence evidence;
    private final ProbeSlots slots;
    private final Pauses pauses;
    private final Time time;
    private long lastBegun;
    private long nextLogIn;
    private long hintedUntil;

    Questions(Supervised spec, BreakerControl control, Evidence evidence, ProbeSlots slots, Pauses pauses, Time time) {
        this.spec = spec;
        this.control = control;
        this.evidence = evidence;
        this.slots = slots;
        this.pauses = pauses;
        this.time = time;
        this.lastBegun = time.nanos() - spec.timing().timeout().toNanos();
        this.hintedUntil = time.nanos();
        scheduleLogIn(time.nanos());
    }

    /** A call failed, or {@link Watch#probeSoon} was called: probes come more often for one interval. */
    void hint(long now) {
        hintedUntil = now + spec.timing().interval().toNanos();
    }

    boolean isHinted(long now) {
        return hintedUntil - now > 0;
    }

    /** A log-in failed while the session answers: tries the next one after 5 s. */
    void logInAgain(long now) {
        nextLogIn = now + ProbeTiming.PERMANENT.toNanos();
    }

    /** Begins the probes that are due in that state of the breaker. Returns the nanoseconds until the next one is due. */
    long ask(BreakerState state, long now, boolean suspected, boolean suspicious) {
        return switch (state) {
            case OPEN -> askWhileOpen(now);
            case RECOVERING -> askEvery(Rhythm.SUSPICIOUS, ProbeKind.FRESH, now);
            case CLOSED, FORCED_OPEN, BYPASSED -> askInOperation(now, suspected, suspicious);
        };
    }

    private long askWhileOpen(long now) {
        boolean forGood =
                evidence.lastFailure().map(f -> f.kind().isPermanent()).orElse(false) && evidence.heardBadNews();
        boolean hangs = slots.isAcceptedInVain(evidence.lastGoodNanos(), now, pauses.total());
        Duration pause = forGood ? ProbeTiming.PERMANENT : hangs ? Rhythm.HANGING : Rhythm.OPEN;
        long due = lastBegun + pause.toNanos();
        boolean asked = isHinted(now) && now - lastBegun >= Rhythm.OPEN.toNanos();
        if (asked || due - now <= 0) {
            begin(ProbeKind.FRESH, now);
            due = now + pause.toNanos();
        }
        control.nextAttemptAt(due);
        return due - now;
    }

    private long askInOperation(long now, boolean suspected, boolean suspicious) {
        if (nextLogIn - now <= 0 && !slots.isRunning(ProbeKind.FRESH)) {
            begin(ProbeKind.FRESH, now);
            scheduleLogIn(now);
        }
        if (slots.isRunning(ProbeKind.SESSION)) {
            boolean hangs = slots.youngestAge(now, pauses.total()) >= Rhythm.BESIDE.toNanos();
            if (hangs || (suspected && !slots.isRunning(ProbeKind.FRESH))) {
                begin(ProbeKind.FRESH, now);
            }
            return Rhythm.SUSPICIOUS.toNanos();
        }
        Duration period = suspicious ? Rhythm.SUSPICIOUS : spec.timing().interval();
        return askEvery(period, ProbeKind.SESSION, now);
    }

    private long askEvery(Duration period, ProbeKind kind, long now) {
        long due = lastBegun + period.toNanos();
        if (due - now <= 0) {
            if (!slots.isRunning(kind)) {
                begin(kind, now);
            } else if (slots.youngestAge(now, pauses.total()) >= Rhythm.BESIDE.toNanos()) {
                begin(ProbeKind.FRESH, now);
            }
            return period.toNanos();
        }
        return due - now;
    }

    /** Begins a probe. When all slots are taken, one makes room: a server never answers what it lost with its connections. */
    private void begin(ProbeKind kind, long now) {
        if (slots.isFull()) {
            slots.makeRoom(now, pauses.total());
        }
        if (slots.begin(kind, spec.timing(), now, pauses.total())) {
            lastBegun = now;
        } else if (!slots.isFull()) {
            evidence.notAsked(now);
        }
    }

    private void scheduleLogIn(long now) {
        double spread = 1 + SPREAD * (2 * time.chance().nextDouble() - 1);
        nextLogIn = now + (long) (Rhythm.LOG_IN.toNanos() * spread);
    }
}
