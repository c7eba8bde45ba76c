package dev.mooring.breaker;

import dev.mooring.failure.FailureKind;
import java.util.Map;

/**
 * How calls ended since the start.
 *
 * @param succeeded calls that succeeded
 * @param refused calls that were refused and sent nothing
 * @param ignored calls that said nothing about the dependency
 * @param failed calls that failed, by kind; kinds that never happened are absent
 */
public record CallCounts(long succeeded, long refused, long ignored, Map<FailureKind, Long> failed) {
    public CallCounts {
        failed = Map.copyOf(failed);
    }

    /** Whether no call has succeeded or failed yet. */
    public boolean isEmpty() {
        return succeeded == 0 && failed.isEmpty();
    }

    /** All failed calls. */
    public long failures() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }
}
