package dev.mooring.testing.proxy;

import java.io.IOException;
import java.time.Duration;

/** What a fault does to the door for new connections, to a link, and to the chunks on the lanes of a link. */
sealed interface Behaviour extends Fault {
    /** The state of the door while this behaviour applies to new connections. */
    default Door door() {
        return Door.OPEN;
    }

    /** Whether a link that is not connected to the server yet must wait. */
    default boolean holdsNewLinks() {
        return false;
    }

    /** Applies this behaviour to a link. */
    default void applyTo(Link link) {
        link.obey(this);
    }

    /**
     * Passes as much of the first chunk of the lane as may pass now, or waits a while. The lane repeats the call until the
     * chunk is gone.
     */
    void pass(Chunk first, Lane lane) throws IOException;

    /** No fault at all. */
    record None() implements Behaviour {
        @Override
        public void pass(Chunk first, Lane lane) throws IOException {
            lane.forward(first);
        }
    }

    record Refuse() implements Behaviour {
        @Override
        public Door door() {
            return Door.CLOSED;
        }

        @Override
        public void applyTo(Link link) {
            link.reset();
        }

        @Override
        public void pass(Chunk first, Lane lane) {
            lane.reset();
        }
    }

    record BlackHole() implements Behaviour {
        @Override
        public Door door() {
            return Door.CLOGGED;
        }

        @Override
        public boolean holdsNewLinks() {
            return true;
        }

        @Override
        public void pass(Chunk first, Lane lane) {
            lane.pauseUntilChange();
        }
    }

    record Silence() implements Behaviour {
        @Override
        public boolean holdsNewLinks() {
            return true;
        }

        @Override
        public void pass(Chunk first, Lane lane) {
            lane.pauseUntilChange();
        }
    }

    record Stall(Direction direction) implements Behaviour {
        @Override
        public void pass(Chunk first, Lane lane) throws IOException {
            if (lane.direction() == direction) {
                lane.pauseUntilChange();
            } else {
                lane.forward(first);
            }
        }
    }

    record Latency(Duration delay, Duration jitter) implements Behaviour {
        @Override
        public void pass(Chunk first, Lane lane) throws IOException {
            Duration left =
                    delay.plusNanos((long) (jitter.toNanos() * first.luck())).minus(first.age());
            if (left.isNegative() || left.isZero()) {
                lane.forward(first);
            } else {
                // Reads on meanwhile, so that each chunk's delay counts from its own arrival.
                lane.receiveWithin(left);
            }
        }
    }

    record Trickle(int bytesPerSecond) implements Behaviour {
        private static final int SLICES_PER_SECOND = 50;

        @Override
        public void pass(Chunk first, Lane lane) throws IOException {
            int slice = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
            boolean changed = lane.pause(Duration.ofSeconds(slice).dividedBy(bytesPerSecond));
            if (!changed) {
                lane.forward(first, slice);
            }
        }
    }

    record CutAfter(long bytes, Direction direction) implements Behaviour {
        @Override
        public void pass(Chunk first, Lane lane) throws IOException {
            if (lane.direction() != direction) {
                lane.forward(first);
                return;
            }
            lane.forward(first, bytes - lane.passedSinceChange());
            if (lane.passedSinceChange() >= bytes) {
                lane.reset();
            }
        }
    }
}
