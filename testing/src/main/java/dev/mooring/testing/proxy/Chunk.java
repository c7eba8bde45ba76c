package dev.mooring.testing.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Bytes that were read at one time, or the end of the stream. Belongs to one lane's thread. */
final class Chunk {
    private final byte[] bytes;
    private final boolean last;
    private final long arrivedNanos = System.nanoTime();
    /** From 0 to 1, this chunk's share of any jitter. */
    private final double luck = ThreadLocalRandom.current().nextDouble();

    private int written;

    private Chunk(byte[] bytes, boolean last) {
        this.bytes = bytes;
        this.last = last;
    }

    static Chunk copyOf(byte[] buffer, int length) {
        return new Chunk(Arrays.copyOf(buffer, length), false);
    }

    static Chunk endOfStream() {
        return new Chunk(new byte[0], true);
    }

    /** How many bytes are left to be written. */
    int left() {
        return bytes.length - written;
    }

    void writeTo(OutputStream out, int length) throws IOException {
        out.write(bytes, written, length);
        written += length;
    }

    /** Whether this is the end of the stream. */
    boolean isLast() {
        return last;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrivedNanos);
    }

    double luck() {
        return luck;
    }
}
