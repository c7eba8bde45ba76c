package dev.mooring.diagnosis;

import dev.mooring.failure.Coded;

/** How the examination of one layer ended. */
public enum Outcome implements Coded {
    /** Every check holds. */
    PASSED,
    /** The layer works; a check that is a warning failed. */
    WARNING,
    /** A fatal check failed. */
    FAILED,
    /** The layer is not in use. */
    UNUSED,
    /** A layer before this one failed, so the diagnosis did not look. */
    NOT_REACHED
}
