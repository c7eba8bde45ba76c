package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ADMIN_API_KEY}, the key that carries every scope, in memory. When it comes from a file, a thread of its own reads the file
 * again every 2 s, so {@link #current} does no I/O. Thread-safe.
 */
final class AdminKey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminKey.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int SHORT = 16;

    /** The key in force. Volatile: the thread that reads the file writes it, requests read it. */
    private volatile Optional<Secret> current;

    /** Reads the file again and again; empty when the key cannot change. */
    private final Optional<BackgroundLoop> reading;

    private AdminKey() {
        current = Optional.empty();
        reading = Optional.empty();
    }

    private AdminKey(SecretSource source, Duration period) {
        current = Optional.of(source.current());
        warnIfShort(source.current());
        reading = source.mayChange()
                ? Optional.of(BackgroundLoop.of("mooring-admin-key", () -> {
                    read(source);
                    return period;
                }))
                : Optional.empty();
    }

    static AdminKey none() {
        return new AdminKey();
    }

    static AdminKey from(SecretSource source) {
        return from(source, PERIOD);
    }

    /** A key that is read again every {@code period}, if its source may change. */
    static AdminKey from(SecretSource source, Duration period) {
        AdminKey key = new AdminKey(source, period);
        key.reading.ifPresent(BackgroundLoop::start);
        return key;
    }

    /** The key in force; empty when none is set. */
    Optional<Secret> current() {
        return current;
    }

    private void read(SecretSource source) {
        try {
            Secret now = source.current();
            if (!current.equals(Optional.of(now))) {
                current = Optional.of(now);
                LOG.info("the file of ADMIN_API_KEY holds another key, which replaces the one before");
                warnIfShort(now);
            }
        } catch (RuntimeException e) {
            LOG.warn("reading the file of ADMIN_API_KEY failed; the key from before stays in force", e);
        }
    }

    private static void warnIfShort(Secret key) {
        if (key.reveal().length() < SHORT) {
            LOG.warn(
                    "ADMIN_API_KEY has fewer than {} characters, so it can be guessed; make one with: openssl rand -base64 32",
                    SHORT);
        }
    }

    /** Does not wait for the thread, because a file system may hang. */
    @Override
    public void close() {
        reading.ifPresent(BackgroundLoop::end);
    }
}
