package dev.mooring.registry.gateway;

import dev.mooring.spring.request.ClientConnection;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the database which answers to calls that make versions have reached their clients. An equal call after that asks for another version;
 * before that it is a repetition. Thread-safe.
 */
final class AnswersOfCreates implements AutoCloseable {
    /** A connection that breaks because its client did not read the answer breaks within a round trip. */
    private static final Duration BREAKS_WITHIN = Duration.ofMillis(50);

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration CLEANING = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(AnswersOfCreates.class);

    private final CreateMemory memory;
    private final Time time;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-gateway-answers", this::note);

    /** When the table was cleaned last; the loop's thread uses it. */
    private long cleanedNanos;

    /** An answer on its way; {@code arrived} is null while that is not known. */
    private record Sent(CreateKey key, UUID id, long atNanos, AtomicReference<@Nullable Boolean> arrived) {}

    AnswersOfCreates(CreateMemory memory, Time time) {
        this.memory = memory;
        this.time = time;
        this.cleanedNanos = time.nanos();
    }

    /** Starts the thread; call it once. */
    AnswersOfCreates started() {
        loop.start();
        return this;
    }

    /** The answer was sent. {@code connection} says later whether it arrived; null if the server cannot know that. */
    void sent(CreateKey key, UUID id, @Nullable ClientConnection connection) {
        if (count.incrementAndGet() > MOST) {
            // It stays unanswered in the database: an equal call within minutes would be a repetition.
            count.decrementAndGet();
            return;
        }
        Sent answer = new Sent(key, id, time.nanos(), new AtomicReference<>());
        sent.add(answer);
        if (connection != null) {
            connection.whenKnown(arrived -> {
                answer.arrived().set(arrived);
                loop.wake();
            });
        }
        loop.wake();
    }

    private Duration note() {
        sent.removeIf(this::isSettled);
        if (time.nanos() - cleanedNanos > CLEANING.toNanos()) {
            cleanedNanos = time.nanos();
            quietly(() -> {
                int unused = memory.clean();
            });
        }
        return sent.isEmpty() ? CLEANING : LOOK;
    }

    private boolean isSettled(Sent answer) {
        Boolean arrived = answer.arrived().get();
        boolean holds = time.nanos() - answer.atNanos() >= BREAKS_WITHIN.toNanos();
        if (arrived == null && !holds) {
            return false;
        }
        if (!Boolean.FALSE.equals(arrived)) {
            quietly(() -> memory.answered(answer.key(), answer.id()));
        }
        count.decrementAndGet();
        return true;
    }

    private static void quietly(Runnable statement) {
        try {
            statement.run();
        } catch (RuntimeException away) {
            LOG.debug("not noted, so an equal call within minutes counts as a repetition: {}", away.toString());
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
