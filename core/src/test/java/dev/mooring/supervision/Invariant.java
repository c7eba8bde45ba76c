package dev.mooring.supervision;

import java.util.function.Supplier;

/** What must hold in every history of the simulation, whatever happens in it. */
enum Invariant {
    NEVER_ADMITS_WHILE_REFUSING("no call is admitted while open, forced open, or before a connection was verified"),
    ALWAYS_ADMITS_WHILE_CLOSED("every call is admitted while closed or bypassed"),
    TRIALS_STAY_WITHIN_THE_STEP("while recovering no more calls run than the step allows"),
    TRIALS_ARE_NOT_HELD_BACK("while recovering no call is refused while the step has room"),
    TASKS_RUN_AGAIN("a probe let the breaker admit calls only while what the start tasks made was there"),
    BACK_IN_TIME("a dependency that is well is not refused longer than the bound"),
    CLOSED_IN_TIME("a dependency that stays well after its recovery began is closed within the bound"),
    TRIED_AGAIN_IN_TIME("without a probe calls are tried again after the recovery timeout at the latest"),
    TOLD_IN_TIME("a dependency that refuses or is silent is down within the bound"),
    WELL_IS_NOT_CONVICTED("a dependency that has been well for three seconds is not opened, whatever our own pauses"),
    STATUS_FITS_THE_BREAKER("the status is the one that the breaker's state stands for"),
    UNKNOWN_ENDS(
            "a dependency that stays silent from the start becomes down after its timeout and does not stay unknown"),
    READY_FITS_THE_STATUSES("ready exactly when no critical dependency is down or not reached yet"),
    REASON_IS_NAMED("a service that is not ready gives a reason, with a known kind where a failure is known"),
    TIME_ADDS_UP("the times in the states add up to the time since supervision began"),
    COUNTS_ADD_UP("every call is counted once: succeeded, failed, ignored or refused"),
    TRANSITIONS_ARE_LEGAL("each transition begins where the last ended and is one of the state machine's"),
    LATE_OUTCOMES_MOVE_NOTHING("an outcome of an older generation does not move the breaker"),
    ACTS_END_IN_TIME("an operator's act ends when it expires, not earlier by itself and not later"),
    SWITCHED_OFF_IS_LEFT_ALONE("a dependency that is switched off is never probed, refuses every call and is disabled"),
    RECOVERY_HEARS_OF_IT("whenever the breaker stays open the recovery is called, though every probe hangs"),
    BYPASSED_TELLS_THE_PROBES_WORD("while bypassed a dependency is down exactly when its probes would convict it");

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    void holds(boolean condition, Supplier<String> details) {
        if (!condition) {
            throw new AssertionError(name() + " is broken: " + sentence + ". " + details.get());
        }
    }
}
