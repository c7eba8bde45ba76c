package dev.mooring.registry.mirror;

import java.time.Duration;

/** How much of MLflow's time the background work has spent since it last rested. One thread uses it. */
final class Spending {
    /** The rest is this many times as long as the calls took, so the mirror takes at most a fifth of one worker. */
    private static final int RESTS = 4;

    private final Duration pause;
    private Duration due = Duration.ZERO;

    /** @param pause the least rest for each call */
    Spending(Duration pause) {
        this.pause = pause;
    }

    /** A call took so long. */
    void add(Duration took) {
        Duration rest = took.multipliedBy(RESTS);
        due = due.plus(rest.compareTo(pause) > 0 ? rest : pause);
    }

    /** The rest that is due; the next one begins at zero. */
    Duration rest() {
        Duration rest = due;
        due = Duration.ZERO;
        return rest;
    }
}
