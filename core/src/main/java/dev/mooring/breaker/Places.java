package dev.mooring.breaker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A counting semaphore for many threads: its places are spread over stripes, each on cache lines of its own, and a thread takes from its
 * own stripe first. So two threads that come and go do not fight for one word. All stripes together never hold more places than there
 * are. Thread-safe; waiters are served in no particular order, and a newcomer may be faster than a waiter.
 *
 * <p>Striping as in {@code java.util.concurrent.atomic.LongAdder}; the waiting is Dekker's scheme: a waiter announces itself before it
 * looks, and a place is given back before the giver looks for waiters, so that one of the two sees the other.
 */
final class Places {
    /** What {@link #tryTake} returns when it found none. */
    static final int NONE = -1;

    private static final VarHandle FREE = MethodHandles.arrayElementVarHandle(int[].class);
    /** 128 bytes: processors fetch cache lines in pairs. */
    private static final int PADDING = 32;

    private static final int STRIPES_FOR_EACH_PROCESSOR = 4;

    /** The free places of each stripe, at every {@link #PADDING}th element; read and written by atomic access alone. */
    private final int[] free;

    private final int mask;
    private final int total;

    /** Guards the waiting only. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition givenBack = lock.newCondition();

    /** How many threads wait; every thread that gives a place back reads it. */
    private final AtomicInteger waiters = new AtomicInteger();

    Places(int total) {
        this.total = total;
        int processors = Runtime.getRuntime().availableProcessors();
        int stripes = Math.min(Integer.highestOneBit(total), powerOfTwo(STRIPES_FOR_EACH_PROCESSOR * processors));
        this.mask = stripes - 1;
        this.free = new int[(stripes + 1) * PADDING];
        for (int place = 0; place < total; place++) {
            free[index(place & mask)]++;
        }
    }

    /** Takes a free place without waiting. Returns its stripe for {@link #giveBack}, or {@link #NONE}. */
    int tryTake() {
        // Small on purpose, as is giveBack: the compiler inlines both into a guarded call.
        int own = (int) Thread.currentThread().getId() & mask;
        int index = index(own);
        int seen = (int) FREE.getVolatile(free, index);
        return seen > 0 && FREE.compareAndSet(free, index, seen, seen - 1) ? own : search(own);
    }

    private int search(int own) {
        for (int i = 0; i <= mask; i++) {
            int stripe = (own + i) & mask;
            if (takeFrom(stripe)) {
                return stripe;
            }
        }
        return NONE;
    }

    /** Takes a place, waiting up to {@code patience}. Returns its stripe or {@link #NONE}. */
    int take(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            waiters.incrementAndGet();
            while (true) {
                int stripe = tryTake();
                if (stripe != NONE || left <= 0) {
                    return stripe;
                }
                left = givenBack.awaitNanos(left);
            }
        } finally {
            waiters.decrementAndGet();
            // A thread that gave up may have received the signal, so it passes it on.
            givenBack.signal();
            lock.unlock();
        }
    }

    void giveBack(int stripe) {
        FREE.getAndAdd(free, index(stripe), 1);
        if (waiters.get() != 0) {
            wakeOne();
        }
    }

    private void wakeOne() {
        lock.lock();
        try {
            givenBack.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Places that are taken now; not exact while threads come and go, because it reads the stripes one after the other. */
    int taken() {
        int sum = 0;
        for (int stripe = 0; stripe <= mask; stripe++) {
            sum += (int) FREE.getVolatile(free, index(stripe));
        }
        return Math.max(0, Math.min(total, total - sum));
    }

    private boolean takeFrom(int stripe) {
        int index = index(stripe);
        int seen = (int) FREE.getVolatile(free, index);
        while (seen > 0) {
            if (FREE.compareAndSet(free, index, seen, seen - 1)) {
                return true;
            }
            seen = (int) FREE.getVolatile(free, index);
        }
        return false;
    }

    /** The first element of the array's padding belongs to no stripe: the array's length stands before it. */
    private static int index(int stripe) {
        return (stripe + 1) * PADDING;
    }

    private static int powerOfTwo(int atLeast) {
        return Integer.highestOneBit(2 * atLeast - 1);
    }
}
