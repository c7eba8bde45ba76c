package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from any thread without waiting and hands them to one listener, in order, on a thread of its own: a listener that is
 * slow loses events of its own and of nobody else.
 */
final class EventQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int LONGEST = 4096;

    private final MooringListener listener;
    private final ArrayBlockingQueue<MooringEvent> queue = new ArrayBlockingQueue<>(LONGEST);
    private final AtomicLong lost = new AtomicLong();
    /** Written by whoever ends supervision, read by the event thread. */
    private volatile boolean ending;

    EventQueue(MooringListener listener) {
        this.listener = listener;
    }

    /** Adds an event; when the listener is too slow the oldest one is lost. */
    void offer(MooringEvent event) {
        while (!queue.offer(event)) {
            if (queue.poll() != null) {
                lost.incrementAndGet();
            }
        }
    }

    /** Lets the thread end once the queue is empty. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        try {
            while (!ending || !queue.isEmpty()) {
                MooringEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    tell(event);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(MooringEvent event) {
        long missed = lost.getAndSet(0);
        if (missed > 0) {
            LOG.warn("the listener {} is too slow: it missed {} events", listener, missed);
        }
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.warn("the listener {} failed on {}", listener, event, e);
        }
    }
}
