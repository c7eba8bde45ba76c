package dev.mooring.postgres.connect;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the password after the server refused it. It looks every 500 ms whether the source has another one, and then asks for a probe,
 * which comes before the next planned attempt. Runs on the thread {@code mooring-secret-NAME}, for five minutes at most. Thread-safe.
 */
final class SecretWatch {
    private static final long LOOK = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofMinutes(5).toNanos();

    private final String threadName;
    private final BooleanSupplier changed;
    private final Runnable tell;
    /** The thread that looks, or null. The caller that sets it starts the thread; only that thread clears it. */
    private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
    /** Set once, when the source closes. */
    private volatile boolean ended;

    SecretWatch(String dependency, BooleanSupplier changed, Runnable tell) {
        this.threadName = "mooring-secret-" + dependency;
        this.changed = changed;
        this.tell = tell;
    }

    void begin() {
        Thread thread = BackgroundLoop.daemon(threadName, this::look);
        if (!ended && looking.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    void end() {
        ended = true;
        Thread thread = looking.get();
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private void look() {
        try {
            long begun = System.nanoTime();
            while (!ended && System.nanoTime() - begun < LONGEST) {
                if (changed.getAsBoolean()) {
                    tell.run();
                    return;
                }
                LockSupport.parkNanos(this, LOOK);
            }
        } finally {
            looking.set(null);
        }
    }
}
