package dev.mooring.testing.proxy;

import java.time.Duration;

/**
 * A fault between a client and its server, for {@link FaultProxy#inject(Fault)}.
 *
 * <p>Faults hold bytes back and never lose any while the connection lasts, as TCP does; {@link FaultProxy#heal()} delivers what
 * they held back. Immutable.
 */
public sealed interface Fault permits Behaviour {
    /** Nothing listens: a new connection is refused at once, an existing one is reset. */
    static Fault refuse() {
        return new Behaviour.Refuse();
    }

    /**
     * Nothing gets through, as behind a firewall that drops: a new connection is not even completed (its SYN packets are dropped, so
     * that the client's connect timeout decides), an existing one stalls both ways. Linux only, because other systems do not drop
     * SYN packets when a listener's queue is full.
     */
    static Fault blackHole() {
        return new Behaviour.BlackHole();
    }

    /** The server is frozen: a new connection is completed and then nothing ever answers, an existing one stalls both ways. */
    static Fault silence() {
        return new Behaviour.Silence();
    }

    /** Bytes in one direction are held back; the other direction works. */
    static Fault stall(Direction direction) {
        return new Behaviour.Stall(direction);
    }

    /** Bytes arrive later by this much, in each direction; opening the connection itself is not delayed. */
    static Fault latency(Duration delay) {
        return latency(delay, Duration.ZERO);
    }

    /** Bytes arrive later by the delay and a random part of the jitter, in each direction and still in order. */
    static Fault latency(Duration delay, Duration jitter) {
        if (delay.isNegative() || jitter.isNegative()) {
            throw new IllegalArgumentException(
                    "latency is " + delay + " with jitter " + jitter + "; expected zero or more for both");
        }
        return new Behaviour.Latency(delay, jitter);
    }

    /** A slow line: at most this many bytes per second in each direction, at least 1. */
    static Fault trickle(int bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("trickle is " + bytesPerSecond
                    + " bytes per second; expected at least 1. To let nothing pass use silence()");
        }
        return new Behaviour.Trickle(bytesPerSecond);
    }

    /**
     * The connection is reset once this many bytes went in this direction, counted from now and for each connection on its own.
     * With 0 it is reset when the first byte wants to pass.
     */
    static Fault cutAfter(long bytes, Direction direction) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "connections are to be cut after " + bytes + " bytes; expected zero or more");
        }
        return new Behaviour.CutAfter(bytes, direction);
    }
}
