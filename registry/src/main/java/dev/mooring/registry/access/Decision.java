package dev.mooring.registry.access;

import dev.mooring.spring.problem.Problem;

/** Whether a call may be made. */
sealed interface Decision {
    /** It may, by this caller. */
    record Allowed(Caller caller) implements Decision {}

    /**
     * It may not.
     *
     * @param keyGiven whether a key was sent at all
     * @param detail what is wrong and what to do, for people
     */
    record Refused(boolean keyGiven, String detail) implements Decision {
        /** The answer. */
        Problem problem() {
            return Problem.of(401, "unauthorized", detail);
        }
    }
}
