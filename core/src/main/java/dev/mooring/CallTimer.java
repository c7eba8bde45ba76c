package dev.mooring;

import dev.mooring.event.CallListener;
import dev.mooring.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long admitted calls to a dependency take, and reports it to a {@link CallListener}. Without a listener it reads no
 * clock and costs one volatile read. Thread-safe.
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

    /** Any thread sets it, every call reads it, and it is removed when it throws. */
    private volatile @Nullable CallListener listener;

    CallTimer(Time time) {
        this.time = time;
    }

    /** Reports each call from now on to {@code next}, in place of the listener before. */
    public void tell(CallListener next) {
        listener = next;
    }

    /** Call it when a call has its permit. Returns what {@link #ended} needs. */
    public long begin() {
        return listener == null ? NOT_MEASURED : time.nanos();
    }

    /** Call it when that call has ended, well or not. */
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
