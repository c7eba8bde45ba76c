package dev.mooring.registry.local;

import dev.mooring.registry.store.VersionRequest;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that make versions, until their answers have arrived. MLflow's client sends such a call again when its connection breaks, and
 * the repetition must find the version that the call made. Two equal calls whose answers both arrived are two versions.
 *
 * <p>The database keeps each call with its version. When the answer has arrived, a thread deletes it there; until then an equal call finds
 * the version, also on another instance and after a crash. An equal call waits for the call before it until the outcome of that one is
 * known. Thread-safe.
 */
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** So long after the answer a broken connection still counts. */
    private static final Duration KEPT = Duration.ofSeconds(1);
    /** Between looks at the call before. */
    private static final Duration LOOK = Duration.ofMillis(1);
    /** In one statement. */
    private static final int BATCH = 500;
    /** So many calls stay in memory while the database does not delete them. */
    private static final int MOST = 10_000;

    private final Consumer<List<byte[]>> deletion;
    private final Time time;
    /** Names this process in the database. */
    private final UUID holder = UUID.randomUUID();

    /** The newest of equal calls. */
    private final Map<ByteBuffer, Delivery> newest = new ConcurrentHashMap<>();

    /**
     * The digests that the database is deleting now. An equal call that began meanwhile would lose its own request, so it waits. One
     * changes only while {@link #newest} computes the value of the same digest, or after its entry there has gone.
     */
    private final Set<ByteBuffer> beingDeleted = ConcurrentHashMap.newKeySet();

    private final BackgroundLoop forgetting = BackgroundLoop.of("mooring-version-answers", () -> forget(KEPT));

    /** @param deletion deletes the requests with these digests from the database; may throw */
    Deliveries(Consumer<List<byte[]>> deletion, Time time) {
        this.deletion = deletion;
        this.time = time;
    }

    /** Starts the thread; call it once. */
    void start() {
        forgetting.start();
    }

    /** The process that answers, in the database. */
    UUID holder() {
        return holder;
    }

    /**
     * Begins a call, once the outcome of the equal call before it is known or there is no time left to wait.
     *
     * @param digest equal for equal calls of one caller; nothing changes it afterwards
     */
    Delivery begin(byte[] digest) {
        ByteBuffer key = ByteBuffer.wrap(digest);
        while (true) {
            Delivery before = newest.get(key);
            Boolean arrived = before == null ? Boolean.FALSE : before.outcome();
            boolean mayWait = !Deadline.cut(LOOK).isZero();
            if ((arrived == null || beingDeleted.contains(key)) && mayWait && pause()) {
                continue;
            }
            Delivery call = new Delivery(this, time, new VersionRequest(digest, holder, Boolean.TRUE.equals(arrived)));
            Delivery next = newest.compute(
                    key, (same, now) -> now == before && !(mayWait && beingDeleted.contains(key)) ? call : now);
            if (next == call) {
                return call;
            }
        }
    }

    private boolean pause() {
        try {
            time.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An answer was sent. */
    void sent() {
        if (newest.size() == 1) {
            forgetting.wake();
        }
    }

    /** An answer did not arrive, so its request stays in the database. */
    void lost(Delivery call) {
        Duration since = call.sinceSent();
        if (since == null || since.compareTo(KEPT) < 0) {
            newest.remove(call.digest(), call);
        }
    }

    /** Deletes requests from the database whose answers were sent so long ago and have arrived. This memory forgets them afterwards. */
    private Duration forget(Duration age) {
        List<Delivery> arrived = newest.values().stream()
                .filter(call -> isOver(call.sinceSent(), age) && Boolean.TRUE.equals(call.outcome()))
                .limit(BATCH)
                .filter(this::isStillNewest)
                .toList();
        boolean gone = arrived.isEmpty() || delete(arrived);
        if (gone || newest.size() > MOST) {
            arrived.forEach(call -> newest.remove(call.digest(), call));
        }
        arrived.forEach(call -> beingDeleted.remove(call.digest()));
        if (gone && arrived.size() == BATCH) {
            return Duration.ZERO;
        }
        return newest.isEmpty() ? Duration.ofMinutes(1) : KEPT.dividedBy(4);
    }

    /** Whether no equal call has followed. From then on none does until the deletion is over. */
    private boolean isStillNewest(Delivery call) {
        return newest.computeIfPresent(call.digest(), (digest, now) -> {
                    if (now == call) {
                        beingDeleted.add(digest);
                    }
                    return now;
                })
                == call;
    }

    /** Whether the database has deleted the requests. */
    private boolean delete(List<Delivery> arrived) {
        try {
            deletion.accept(
                    arrived.stream().map(call -> call.request().digest()).toList());
            return true;
        } catch (RuntimeException failed) {
            LOG.debug("{} requests stay for now: {}", arrived.size(), failed.getMessage());
            return false;
        }
    }

    private static boolean isOver(@Nullable Duration since, Duration age) {
        return since != null && since.compareTo(age) >= 0;
    }

    @Override
    public void close() {
        forgetting.close();
        // The next process does not know what has arrived.
        forget(Duration.ZERO);
    }
}
