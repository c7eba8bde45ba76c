package dev.mooring.applications.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The outcome of a call that a test does not wait for without end. Immutable.
 *
 * @param result what it returned; empty if it failed or did not end
 * @param failure what it threw; empty if it succeeded or did not end
 * @param took how long it took, or how long the test waited for it
 */
public record Timed<T>(Optional<T> result, Optional<Throwable> failure, Duration took) {
    private static final int LONGEST_TEXT = 100;

    private static final ExecutorService CALLERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "mooring-test-caller");
        thread.setDaemon(true);
        return thread;
    });

    /** Makes the call on another thread and waits for its end, but not longer than the limit; the call itself goes on. */
    public static <T> Timed<T> call(Duration limit, Callable<T> call) throws InterruptedException {
        long began = System.nanoTime();
        Future<T> future = CALLERS.submit(call);
        try {
            T result = future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return new Timed<>(Optional.of(result), Optional.empty(), since(began));
        } catch (ExecutionException failed) {
            return new Timed<>(Optional.empty(), Optional.of(failed.getCause()), since(began));
        } catch (TimeoutException endless) {
            return new Timed<>(Optional.empty(), Optional.empty(), since(began));
        }
    }

    /** Runs work whose end the test does not wait for. */
    static Future<?> later(Runnable work) {
        return CALLERS.submit(work);
    }

    public boolean succeeded() {
        return result.isPresent();
    }

    public boolean ended() {
        return succeeded() || failure.isPresent();
    }

    /** How long it took, as text. */
    public String time() {
        return text(took);
    }

    /** Why there is no result: the first cause, or that it did not end. */
    public String cause() {
        if (failure.isEmpty()) {
            return "no end after " + time();
        }
        Throwable root = failure.get();
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message.substring(0, Math.min(LONGEST_TEXT, message.length()));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Such as {@code 1.2 s}, {@code 7 ms}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1_000 ? millis + " ms" : Math.round(millis / 100.0) / 10.0 + " s";
    }
}
