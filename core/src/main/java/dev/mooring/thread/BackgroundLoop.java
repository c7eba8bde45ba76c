package dev.mooring.thread;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that repeats one step until its owner closes it. Nothing that a step throws ends the thread, not even an {@link
 * Error}: the loop logs it, rests for 0.1 s and takes the next step. It {@linkplain OutOfMemory#report reports} an {@link
 * OutOfMemoryError} besides, so that a service can end its process. Thread-safe.
 */
public final class BackgroundLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    /** Long enough that a step that always fails burns no processor, short enough that supervision hardly notices. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofMillis(100);

    /** A thread can park no longer than a number of nanoseconds says. */
    private static final Duration LONGEST_REST = Duration.ofDays(365);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Step step;
    private final Thread thread;

    /** Set once, by {@link #end}; the loop reads it before each step. */
    private volatile boolean ending;

    /**
     * Whether {@link #wake} was called since the present step began; the loop clears it before each step. The thread's permit alone does not
     * tell: a lock or a queue that the step waits for takes it.
     */
    private volatile boolean woken;

    /** What the loop repeats. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does what is due.
         *
         * @return how long the loop rests before the next step, unless {@link BackgroundLoop#wake} ends the rest; zero or less for
         *     no rest
         */
        Duration take() throws Exception;
    }

    private BackgroundLoop(String name, Step step) {
        this.step = step;
        this.thread = daemon(name, this::run);
    }

    /** A loop that does not run yet; {@code name} is the thread's name and begins with {@code mooring-}. */
    public static BackgroundLoop of(String name, Step step) {
        return new BackgroundLoop(name, step);
    }

    /** Starts a loop; {@code name} is the thread's name and begins with {@code mooring-}. */
    public static BackgroundLoop start(String name, Step step) {
        BackgroundLoop loop = of(name, step);
        loop.start();
        return loop;
    }

    /** A thread of that name that does not keep the JVM alive; not started yet. */
    public static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts the thread; call it once. */
    public void start() {
        thread.start();
    }

    /** Ends the present rest, or the next one if the loop is in a step. Never waits. */
    public void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Lets the loop end after the present step. Does not wait, and interrupts nothing. */
    public void end() {
        ending = true;
        wake();
    }

    /** Whether {@link #end} was called. A step that waits for something else than its loop looks here. */
    public boolean isEnding() {
        return ending;
    }

    /**
     * Waits until the thread has ended.
     *
     * @return false when {@code limit} passed first, or when the calling thread was interrupted (the flag stays set)
     */
    public boolean awaitEnd(Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Ends the loop and waits up to 2 s for its present step; then interrupts the thread and leaves it behind. */
    @Override
    public void close() {
        end();
        if (Thread.currentThread() != thread && !awaitEnd(GOODBYE)) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!ending) {
            woken = false;
            Duration rest = takeStep();
            // A flag that stays set would make every later rest end at once.
            boolean unused = Thread.interrupted();
            if (!ending && !woken && rest.compareTo(Duration.ZERO) > 0) {
                LockSupport.parkNanos(this, rest.toNanos());
            }
        }
    }

    private Duration takeStep() {
        try {
            Duration rest = Objects.requireNonNull(step.take(), "a step must return how long its loop rests");
            return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        } catch (Throwable failed) {
            report(failed, failed instanceof InterruptedException);
            OutOfMemory.report(failed);
            return REST_AFTER_FAILURE;
        }
    }

    /** Logging runs code of the application, which may fail too, for example for want of memory. */
    private void report(Throwable failed, boolean interrupted) {
        try {
            if (interrupted) {
                LOG.debug("{} was interrupted; it goes on until its owner ends it", thread.getName(), failed);
            } else {
                LOG.error("a step of {} failed; it goes on", thread.getName(), failed);
            }
        } catch (Throwable unheard) {
            // The log failed, and there is no other place to report it; the loop goes on.
        }
    }
}
