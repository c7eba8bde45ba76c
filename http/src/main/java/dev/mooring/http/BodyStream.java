package dev.mooring.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply as a stream that waits for each byte no longer than its limit. It holds at most two parts of the body, as the client
 * delivers them (16 KiB each): one that is read, and the next. One thread reads.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {
    private final Duration idle;
    private final BlockingQueue<Part> arrived = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> reading = new ArrayDeque<>();

    /** Completed when the client has one; {@link #close} may come before. */
    private final CompletableFuture<Subscription> source = new CompletableFuture<>();

    private @Nullable Part end;

    /** What the client delivered: some bytes, or the end of the body. */
    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record Complete() implements Part {}

        record Failed(Throwable error) implements Part {}
    }

    BodyStream(Duration idle) {
        this.idle = idle;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source.complete(subscription);
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable error) {
        arrived.add(new Part.Failed(error));
    }

    @Override
    public void onComplete() {
        arrived.add(new Part.Complete());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        @Nullable ByteBuffer next = next();
        if (next == null) {
            return -1;
        }
        int count = Math.min(length, next.remaining());
        next.get(target, offset, count);
        return count;
    }

    /** The bytes that can be read now; null at the end of the body. */
    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            while (!reading.isEmpty() && !reading.element().hasRemaining()) {
                reading.remove();
            }
            if (!reading.isEmpty()) {
                return reading.element();
            }
            if (end == null) {
                take();
            }
            if (end instanceof Part.Failed failed) {
                throw new IOException(failed.error().getMessage(), failed.error());
            }
            if (end instanceof Part.Complete) {
                return null;
            }
        }
    }

    private void take() throws IOException {
        @Nullable Part part = poll();
        if (part instanceof Part.Bytes bytes) {
            reading.addAll(bytes.buffers());
            source.join().request(1);
        } else if (part != null) {
            end = part;
        } else {
            SocketTimeoutException silent = new SocketTimeoutException("no byte for " + idle.toMillis() + " ms");
            end = new Part.Failed(silent);
            cancel();
        }
    }

    private @Nullable Part poll() throws IOException {
        try {
            return arrived.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in the middle of a body", interrupted);
        }
    }

    /** Whether the whole body was read. */
    boolean isComplete() {
        return end instanceof Part.Complete
                || (end == null && reading.isEmpty() && arrived.peek() instanceof Part.Complete);
    }

    /** Closes the connection unless the body was read to its end. */
    @Override
    public void close() {
        if (!isComplete()) {
            cancel();
        }
    }

    private void cancel() {
        var unused = source.thenAccept(Subscription::cancel);
    }
}
