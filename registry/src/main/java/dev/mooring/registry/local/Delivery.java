package dev.mooring.registry.local;

import dev.mooring.registry.store.VersionRequest;
import dev.mooring.spring.request.ClientConnection;
import dev.mooring.time.Time;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answer to one call that makes a version, on its way to the client. Thread-safe. */
final class Delivery implements AutoCloseable {
    /** A connection that breaks because its client did not read the answer breaks within a round trip. */
    static final Duration BREAKS_WITHIN = Duration.ofMillis(50);

    private final Deliveries all;
    private final Time time;
    private final ByteBuffer digest;
    private final VersionRequest request;
    private final CompletableFuture<Boolean> arrived = new CompletableFuture<>();

    /** When the answer was sent. The thread of the request sets it once; null before. */
    private volatile @Nullable Long sentNanos;

    Delivery(Deliveries all, Time time, VersionRequest request) {
        this.all = all;
        this.time = time;
        this.digest = ByteBuffer.wrap(request.digest());
        this.request = request;
    }

    /** What the database keeps of the call. */
    VersionRequest request() {
        return request;
    }

    /** Equal for equal calls. */
    ByteBuffer digest() {
        return digest;
    }

    /** The answer was sent. {@code connection} tells later whether it arrived; null if the server cannot tell. */
    void sent(@Nullable ClientConnection connection) {
        sentNanos = time.nanos();
        if (connection != null) {
            connection.whenKnown(this::settle);
        }
        all.sent();
    }

    private void settle(boolean hasArrived) {
        arrived.complete(hasArrived);
        if (!hasArrived) {
            all.lost(this);
        }
    }

    /** The time since the answer was sent; null if it has not been sent. */
    @Nullable
    Duration sinceSent() {
        Long sent = sentNanos;
        return sent == null ? null : Duration.ofNanos(time.nanos() - sent);
    }

    /** Whether the answer arrived; null while that is not known. One whose connection holds for a moment counts as arrived. */
    @Nullable
    Boolean outcome() {
        if (arrived.isDone()) {
            return arrived.join();
        }
        Duration since = sinceSent();
        boolean holds = since != null && since.compareTo(BREAKS_WITHIN) >= 0;
        return holds ? Boolean.TRUE : null;
    }

    /** Ends the call. Without an answer, an equal call may be a repetition. */
    @Override
    public void close() {
        if (sentNanos == null) {
            settle(false);
        }
    }
}
