package dev.mooring.supervision;

import dev.mooring.failure.Failure;
import dev.mooring.probe.ProbeAnswer;

/** How a probe ended, as its thread reports it. */
sealed interface ProbeOutcome {
    /** Which probe. */
    RunningProbe probe();

    /** When it ended, on the monotonic clock. */
    long endedNanos();

    /** The dependency answered. */
    record Answered(RunningProbe probe, long endedNanos, ProbeAnswer answer) implements ProbeOutcome {}

    /** The dependency did not answer or refused, or the probe's own code failed. */
    record Failed(RunningProbe probe, long endedNanos, Failure failure) implements ProbeOutcome {}
}
