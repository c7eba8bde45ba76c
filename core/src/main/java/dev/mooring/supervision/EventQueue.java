package dev.mooring.supervision;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from any thread without waiting and hands them to one listener, in order, on a thread of its own: a listener that is
 * slow or blocks loses its own oldest events, and takes nothing from any other listener.
 */
final class EventQueue {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int LONGEST = 4096;
    private static final long LOOK_MILLIS = 100;

    private final MooringListener listener;
    private final ArrayBlockingQueue<MooringEvent> queue = new ArrayBlockingQueue<>(LONGEST);
    private final AtomicLong lost = new AtomicLong();
    private final BackgroundLoop loop;

    /** Set once, when supervision ends; the loop reads it. */
    private volatile boolean ending;

    /** A queue whose thread runs already; {@code thread} is its name. */
    EventQueue(String thread, MooringListener listener) {
        this.listener = listener;
        this.loop = BackgroundLoop.of(thread, this::handOver);
        loop.start();
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

    /** Waits until the thread has ended; leaves it behind when {@code limit} passes first, because its listener blocks. */
    void awaitEnd(Duration limit) {
        if (!loop.awaitEnd(limit)) {
            loop.end();
        }
    }

    private Duration handOver() throws InterruptedException {
        MooringEvent event = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
            tell(event);
        } else if (ending) {
            loop.end();
        }
        return Duration.ZERO;
    }

    private void tell(MooringEvent event) {
        long missed = lost.getAndSet(0);
        if (missed > 0) {
            LOG.warn("the listener {} is too slow: it missed {} events", listener.getClass(), missed);
        }
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.warn("the listener {} failed on {}", listener.getClass(), event, e);
        }
    }
}
