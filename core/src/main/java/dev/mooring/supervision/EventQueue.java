package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events from any thread without waiting and hands them to the listeners, in order, on {@code mooring-events}. */
final class EventQueue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int LONGEST = 4096;

    private final ArrayBlockingQueue<MooringEvent> queue = new ArrayBlockingQueue<>(LONGEST);
    private final List<MooringListener> listeners = new CopyOnWriteArrayList<>();
    /** Written by whoever ends supervision, read by the event thread. */
    private volatile boolean ending;

    void add(MooringListener listener) {
        listeners.add(listener);
    }

    /** Adds an event; when a listener is too slow the oldest one is lost. */
    void offer(MooringEvent event) {
        while (!queue.offer(event)) {
            queue.poll();
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
                    listeners.forEach(listener -> tell(listener, event));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(MooringListener listener, MooringEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed on {}", event, e);
        }
    }
}
