package dev.mooring.registry.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * When each call of a history ran. No two calls share a millisecond, so a time that a server on this machine wrote tells the call in which
 * it was written. Not thread-safe.
 */
final class Timeline {
    private static final long PAUSE_NANOS = 100_000;

    private final List<Long> begins = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();

    /** Waits for a millisecond that no call has. */
    void callBegins() {
        long last = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        while (System.currentTimeMillis() <= last) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        begins.add(System.currentTimeMillis());
    }

    void callEnds() {
        ends.add(System.currentTimeMillis());
    }

    /** The call in which this time lies, as {@code call 3}. */
    String callAt(long millis) {
        for (int call = begins.size() - 1; call >= 0; call--) {
            if (begins.get(call) <= millis && millis <= ends.get(call)) {
                return "call " + (call + 1);
            }
        }
        return "no call: " + millis;
    }
}
