package dev.mooring.misbehaviour;

import java.util.concurrent.CountDownLatch;

/** The ways in which code that an application handed over can fail. */
enum Misbehaviour {
    THROWS_A_RUNTIME_EXCEPTION {
        @Override
        void act(CountDownLatch release) {
            throw new IllegalStateException("a bug of the application");
        }
    },
    THROWS_AN_ERROR {
        @Override
        void act(CountDownLatch release) {
            throw new NoClassDefFoundError("dev/example/Missing");
        }
    },
    BLOCKS {
        /** As a name lookup does: an interrupt does not end it. */
        @Override
        void act(CountDownLatch release) {
            boolean interrupted = false;
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    },
    RETURNS_NULL {
        @Override
        void act(CountDownLatch release) {}
    };

    /** Throws, or blocks until {@code release} is counted down; the callback then returns null. */
    abstract void act(CountDownLatch release);
}
