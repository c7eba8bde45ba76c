package dev.mooring.thread;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OutOfMemoryError} that code caught. A process without memory answers nothing and ends by itself only where the JVM was started
 * with {@code -XX:+ExitOnOutOfMemoryError}. So code that catches every {@code Throwable} reports it here, and a service decides with its
 * default handler of uncaught exceptions ({@link Thread#setDefaultUncaughtExceptionHandler}) whether the process ends.
 */
public final class OutOfMemory {
    private static final int LONGEST_CHAIN = 20;

    private OutOfMemory() {}

    /**
     * Whether {@code error}, or one of its causes, means that the heap or another memory of the JVM is full. A thread that the system did
     * not start is no such case: the threads that there are go on.
     */
    public static boolean isBehind(Throwable error) {
        @Nullable Throwable cause = error;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
            if (cause instanceof OutOfMemoryError full) {
                return !String.valueOf(full.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("native thread");
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * Hands {@code error} to the default handler of uncaught exceptions if such an error is behind it; does nothing where there is no
     * handler. Throws nothing.
     */
    public static void report(Throwable error) {
        try {
            UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            if (handler != null && isBehind(error)) {
                handler.uncaughtException(Thread.currentThread(), error);
            }
        } catch (Throwable unheard) {
            // The handler failed, and the caller has work that goes on.
        }
    }
}
