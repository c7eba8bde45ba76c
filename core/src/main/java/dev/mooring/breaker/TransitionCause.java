package dev.mooring.breaker;

import dev.mooring.failure.Coded;

/** Why a breaker moved. */
public enum TransitionCause implements Coded {
    /** Failures in a row reached the threshold. */
    CONSECUTIVE_FAILURES,
    /** The share of failed calls reached the limit. */
    FAILURE_RATE,
    /** Nothing answered for the check timeout. */
    SILENCE,
    /** A failure that waiting does not cure: a wrong password, a missing database. */
    PERMANENT_FAILURE,
    /** The backend answers without what the start tasks made: it is another one, or was made anew or restored. */
    UNPREPARED,
    /** A probe succeeded while the breaker was open. */
    PROBE_SUCCEEDED,
    /** The pause of a dependency without a probe is over. */
    PAUSE_OVER,
    /** Enough successes while recovering. */
    ENOUGH_SUCCESSES,
    /** Recovery failed. */
    RECOVERY_FAILED,
    /** An operator acted. */
    OPERATOR,
    /** An operator's act expired. */
    EXPIRED
}
