package dev.mooring.postgres.connect;

import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the password after the server refused it. It looks every 500 ms whether the source has another one, and then asks for a probe,
 * which comes before the next planned attempt. Runs on the thread {@code mooring-secret-NAME}, for five minutes at most. Thread-safe.
 */
final class SecretWatch {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long LONGEST = Duration.ofMinutes(5).toNanos();

    private final String threadName;
    private final BooleanSupplier changed;
    private final Runnable probeSoon;
    /** The loop that looks; null while none does. The thread that sets it starts it. */
    private final AtomicReference<@Nullable BackgroundLoop> looking = new AtomicReference<>();
    /** Set once, by {@link #end}; every later look ends its loop. */
    private volatile boolean ended;

    SecretWatch(String dependency, BooleanSupplier changed, Runnable probeSoon) {
        this.threadName = "mooring-secret-" + dependency;
        this.changed = changed;
        this.probeSoon = probeSoon;
    }

    /** Begins to look, unless it looks already. */
    void begin() {
        long begun = System.nanoTime();
        BackgroundLoop loop = BackgroundLoop.of(threadName, () -> look(begun));
        if (!ended && looking.compareAndSet(null, loop)) {
            loop.start();
        }
    }

    /** Stops looking and never begins again. Does not wait. */
    void end() {
        ended = true;
        stop();
    }

    /** Ends the loop when there is no more to wait for, and when {@code changed} throws. */
    private Duration look(long begun) {
        boolean again = false;
        try {
            if (changed.getAsBoolean()) {
                probeSoon.run();
            } else {
                again = !ended && System.nanoTime() - begun < LONGEST;
            }
            return LOOK;
        } finally {
            if (!again) {
                stop();
            }
        }
    }

    private void stop() {
        BackgroundLoop loop = looking.getAndSet(null);
        if (loop != null) {
            loop.end();
        }
    }
}
