package dev.mooring.registry.service;

import dev.mooring.thread.OutOfMemory;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its memory is full, as the JVM does with {@code -XX:+ExitOnOutOfMemoryError}: a process that lost a thread of its
 * web server answers nothing and would live on, while one that ended is started again. Every other exception that ends a thread is logged.
 * Thread-safe.
 */
final class EndWithoutMemory implements UncaughtExceptionHandler {
    /** That of the JVM's own option. */
    private static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.registry.service");

    /** Made beforehand, because there may be no memory for it later. */
    private static final byte[] LINE = ("mooring: the memory of the process is full, so it ends (exit code " + EXIT_CODE
                    + ") and can be started again; give it a larger heap (-Xmx, or a larger container)"
                    + System.lineSeparator())
            .getBytes(StandardCharsets.UTF_8);

    private static final FileOutputStream ERR = new FileOutputStream(FileDescriptor.err);

    private EndWithoutMemory() {}

    /** Sets the handler for all threads of the process. */
    static void always() {
        Thread.setDefaultUncaughtExceptionHandler(new EndWithoutMemory());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (!OutOfMemory.isBehind(error)) {
            LOG.error("the thread {} ended with an exception", thread.getName(), error);
            return;
        }
        try {
            ERR.write(LINE);
        } catch (IOException closed) {
            // It ends all the same.
        } finally {
            // Not exit: that would run code of the application, which finds no memory either.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
