package dev.mooring.spring.request;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of which only a number may be taken at a time. Thread-safe. */
final class MemoryBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    MemoryBudget(long most) {
        this.most = most;
    }

    /** Takes bytes; false if too few are left, and then nothing was taken. */
    boolean take(long bytes) {
        long now = taken.get();
        while (bytes <= most - now) {
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        long unused = taken.addAndGet(-bytes);
    }

    /** What is taken now. */
    long taken() {
        return taken.get();
    }
}
