package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has deliveries recorded, and then gives their places back. A single message is recorded at once when no other is being recorded; those
 * that end meanwhile follow together in one transaction. What cannot be recorded at once, because a transaction of the application holds
 * the lock of its key or the database is away, gets a thread of its own, so that it stops no others. Thread-safe.
 */
final class Ends {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** The most messages in one transaction, so that none is held up for long. */
    private static final int TOGETHER = 200;

    /** How many transactions record at the same time; with one, the database waits for this process between two of them. */
    private static final int AT_ONCE = 2;

    private final Recorder recorder;
    private final Carrier carrier;
    private final Waiters waiters;
    private final Places places;
    private final IntConsumer over;

    /** Single messages that are not being recorded yet; each has a place, so there are no more than places. */
    private final Queue<Carried> ended = new ConcurrentLinkedQueue<>();

    /** Who may record what is in {@link #ended}. Who adds to that looks here afterwards, and who ends to record looks there. */
    private final Semaphore recorders = new Semaphore(AT_ONCE);

    /** @param over gives so many places back */
    Ends(Recorder recorder, Carrier carrier, Waiters waiters, Places places, IntConsumer over) {
        this.recorder = recorder;
        this.carrier = carrier;
        this.waiters = waiters;
        this.places = places;
        this.over = over;
    }

    /** Has a delivery recorded, by this thread or by one that records just now. */
    void record(Carried one) {
        if (!one.isPlain()) {
            alone(one);
            return;
        }
        ended.add(one);
        while (!ended.isEmpty() && recorders.tryAcquire()) {
            List<Ended> recorded;
            try {
                recorded = together();
            } finally {
                recorders.release();
            }
            // Listeners are foreign: while one blocks, other threads still record.
            recorded.forEach(each -> tell(each.delivery(), each.outcomes()));
            over.accept(recorded.size());
        }
    }

    /** A delivery that is recorded, and what became of its message. */
    private record Ended(Carried delivery, Map<UUID, DeliveryOutcome> outcomes) {}

    private List<Ended> together() {
        Map<String, List<Ruling>> lines = new LinkedHashMap<>();
        List<Carried> group = new ArrayList<>();
        Carried one;
        while (group.size() < TOGETHER && (one = ended.poll()) != null) {
            if (lines.putIfAbsent(one.key(), one.rulings()) == null) {
                group.add(one);
            } else {
                // A claim whose lease ended, and a later one of the same message.
                later(one);
            }
        }
        Map<UUID, DeliveryOutcome> recorded = new LinkedHashMap<>();
        try {
            if (!lines.isEmpty()) {
                recorder.recordFree(lines, recorded);
            }
        } catch (SQLException | RuntimeException failed) {
            LOG.debug("outcomes of {} messages are not recorded together", lines.size(), failed);
        }
        List<Ended> done = new ArrayList<>();
        for (Carried each : group) {
            if (lines.containsKey(each.key())) {
                later(each);
            } else {
                done.add(new Ended(each, outcome(each, recorded)));
            }
        }
        return done;
    }

    private static Map<UUID, DeliveryOutcome> outcome(Carried one, Map<UUID, DeliveryOutcome> recorded) {
        UUID id = one.first().message().id();
        DeliveryOutcome how = recorded.get(id);
        return how == null ? Map.of() : Map.of(id, how);
    }

    private void tell(Carried one, Map<UUID, DeliveryOutcome> outcomes) {
        try {
            carrier.tell(one, outcomes);
            outcomes.forEach(waiters::tell);
        } catch (RuntimeException failed) {
            LOG.error("a listener to deliveries failed", failed);
        }
    }

    private void later(Carried one) {
        try {
            places.run(() -> alone(one));
        } catch (RejectedExecutionException closed) {
            LOG.debug("this relay ended before it recorded {}", one.first());
            over.accept(1);
        }
    }

    private void alone(Carried one) {
        try {
            carrier.record(one).forEach(waiters::tell);
        } finally {
            over.accept(1);
        }
    }
}
