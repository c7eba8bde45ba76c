package dev.mooring.cli;

/**
 * Configures {@code java.util.logging} with nothing, so that a library that logs with it, such as the PostgreSQL driver, prints nothing. The JDK
 * instantiates it by its class name, when something first logs.
 */
public final class NoJavaLog {
    /** Leaves the root logger without handlers. */
    public NoJavaLog() {}
}
