package dev.mooring.spring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the first 500 events of a supervision that begins before the listeners of the application are there, and hands them to each
 * listener before its own first event. Thread-safe.
 */
final class EarlyEvents implements MooringListener {
    private static final int MOST = 500;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** In the order in which they came. Guarded by this object. */
    private final List<MooringEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(MooringEvent event) {
        if (events.size() < MOST) {
            events.add(event);
            notifyAll();
        }
    }

    /** A listener that hands {@code later} all events: those from before it listened, then the others. */
    MooringListener then(MooringListener later) {
        return new MooringListener() {
            /** Whether {@code later} has the early events. Only the thread of this listener uses it. */
            private boolean caughtUp;

            @Override
            public void on(MooringEvent event) {
                if (!caughtUp) {
                    caughtUp = true;
                    before(event).forEach(later::on);
                }
                later.on(event);
            }
        };
    }

    /** The events that came before {@code first}. The threads of listeners are independent, so this one may have to wait for them. */
    private synchronized List<MooringEvent> before(MooringEvent first) {
        long end = System.nanoTime() + PATIENCE;
        try {
            while (place(first) < 0 && events.size() < MOST && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        int place = place(first);
        return List.copyOf(events.subList(0, place < 0 ? events.size() : place));
    }

    @SuppressWarnings("ReferenceEquality") // two events may say the same
    private int place(MooringEvent event) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) == event) {
                return i;
            }
        }
        return -1;
    }
}
