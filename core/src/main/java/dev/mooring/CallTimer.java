package dev.mooring;

import dev.mooring.event.CallListener;
import dev.mooring.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long admitted calls to a dependency take, if somebody wants to know. While nobody does, no clock is read: the cost
 * is one look at a field, and the breaker itself never knows of it. Thread-safe.
 *
 * <pre>{@code
 * long begun = dependency.timer().begin();
 * … the call …
 * dependency.timer().ended(begun);
 * }</pre>
 */
public final class CallTimer {
    private static final Logger LOG = LoggerFactory.getLogger(CallTimer.class);
    private static final long NOT_MEASURED = 0;

    private final Time time;

    /** Whoever wants to know; set from outside at any time, unset when it fails; read by every call. */
    private volatile @Nullable CallListener listener;

    CallTimer(Time time) {
        this.time = time;
    }

    /** From now on {@code wantsToKnow} is told, in place of whoever was told before. */
    public void tell(CallListener wantsToKnow) {
        listener = wantsToKnow;
    }

    /** A permit was taken. Gives what {@link #ended} asks for. */
    public long begin() {
        return listener == null ? NOT_MEASURED : time.nanos();
    }

    /** The call that {@linkplain #begin() began} then has ended, however it did. */
    public void ended(long begun) {
        if (begun != NOT_MEASURED) {
            tellListener(begun);
        }
    }

    private void tellListener(long begun) {
        CallListener present = listener;
        if (present == null) {
            return;
        }
        try {
            present.ended(Duration.ofNanos(time.nanos() - begun));
        } catch (RuntimeException | Error e) {
            listener = null;
            LOG.warn("the listener of call times failed; calls are not measured any more", e);
        }
    }
}
