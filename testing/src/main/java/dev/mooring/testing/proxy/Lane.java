package dev.mooring.testing.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a link: reads chunks from one socket and writes them to the other as the behaviour in force allows. Everything
 * here belongs to the lane's own thread, except the shared byte counter.
 */
final class Lane implements Runnable {
    private static final int CHUNK_BYTES = 16 * 1024;
    /**
     * How many bytes a lane buffers while chunks are late. Beyond that it reads no more, so that the sender has to wait, as on
     * a real line.
     */
    private static final int MOST_WAITING_BYTES = 1024 * 1024;
    /** The longest timed read, which bounds how late a lane notices another fault. */
    private static final Duration LONGEST_READ = Duration.ofMillis(20);

    private final Link link;
    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final AtomicLong passedInAll;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int waitingBytes;
    private boolean sourceEnded;
    private boolean finished;
    private long passedSinceChange;
    private Link.@Nullable InForce inForce;

    Lane(Link link, Direction direction, Socket from, Socket to, AtomicLong passedInAll) {
        this.link = link;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.passedInAll = passedInAll;
    }

    Direction direction() {
        return direction;
    }

    @Override
    public void run() {
        try {
            while (!finished && !link.isClosed()) {
                Chunk first = waiting.peek();
                if (first == null) {
                    receive();
                } else {
                    behaviour().pass(first, this);
                }
            }
        } catch (IOException broken) {
            // One side reset its connection; reset that of the other side too.
            link.reset();
        }
        link.laneFinished();
    }

    private Behaviour behaviour() {
        Link.InForce now = link.inForce();
        if (now != inForce) {
            inForce = now;
            passedSinceChange = 0;
        }
        return now.behaviour();
    }

    /** Bytes passed since the behaviour in force was injected. */
    long passedSinceChange() {
        return passedSinceChange;
    }

    void reset() {
        link.reset();
    }

    /** Passes all of the first chunk. */
    void forward(Chunk first) throws IOException {
        forward(first, Long.MAX_VALUE);
    }

    /** Passes at most this many bytes of the first chunk, and the end of the stream when its turn has come. */
    void forward(Chunk first, long most) throws IOException {
        int length = (int) Math.min(most, first.left());
        // Count first, so that a reader of the bytes finds them counted.
        passedInAll.addAndGet(length);
        passedSinceChange += length;
        waitingBytes -= length;
        first.writeTo(to.getOutputStream(), length);
        if (first.left() == 0) {
            waiting.remove();
        }
        if (first.isLast()) {
            to.shutdownOutput();
            finished = true;
        }
    }

    /** Waits until another behaviour is in force or the link is closed. */
    void pauseUntilChange() {
        link.awaitChange(inForce, Duration.ofDays(1));
    }

    /** Waits this long, shorter if another behaviour comes into force (then true) or the link is closed. */
    boolean pause(Duration time) {
        return link.awaitChange(inForce, time);
    }

    /** Waits at most this long while reading what arrives. */
    void receiveWithin(Duration time) throws IOException {
        if (sourceEnded || waitingBytes >= MOST_WAITING_BYTES || time.toMillis() < 1) {
            pause(time);
            return;
        }
        from.setSoTimeout((int) Math.min(time.toMillis(), LONGEST_READ.toMillis()));
        try {
            receive();
        } catch (SocketTimeoutException nothingArrived) {
            // The first chunk is due, and no other one came before.
        } finally {
            from.setSoTimeout(0);
        }
    }

    private void receive() throws IOException {
        int length = from.getInputStream().read(buffer);
        sourceEnded = length < 0;
        waiting.add(sourceEnded ? Chunk.endOfStream() : Chunk.copyOf(buffer, length));
        waitingBytes += Math.max(0, length);
    }
}
