package dev.mooring.registry.access;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ADMIN_API_KEY}, the key that carries every scope, in memory. When it comes from a file, a thread of its own looks into the file
 * every 2 s: asking for it never does I/O. Thread-safe.
 */
final class AdminKey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminKey.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** What is in force. Volatile: written by the thread that looks, read by requests. */
    private volatile Optional<Secret> current;

    /** Ends the looking. */
    private final CountDownLatch closed = new CountDownLatch(1);

    private AdminKey(Optional<Secret> current) {
        this.current = current;
    }

    static AdminKey none() {
        return new AdminKey(Optional.empty());
    }

    static AdminKey from(SecretSource source) {
        return from(source, PERIOD);
    }

    /** One that looks for another key every {@code period}, if there may be another. */
    static AdminKey from(SecretSource source, Duration period) {
        AdminKey key = new AdminKey(Optional.of(source.current()));
        if (source.mayChange()) {
            Thread looking = new Thread(() -> key.lookAgainAndAgain(source, period), "mooring-admin-key");
            looking.setDaemon(true);
            looking.start();
        }
        return key;
    }

    /** The key in force; empty when none is set. */
    Optional<Secret> current() {
        return current;
    }

    private void lookAgainAndAgain(SecretSource source, Duration period) {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                look(source);
            }
        } catch (InterruptedException nobodyDoes) {
            LOG.warn("interrupted; the file of ADMIN_API_KEY is looked into no more", nobodyDoes);
        }
    }

    private void look(SecretSource source) {
        try {
            Optional<Secret> now = Optional.of(source.current());
            if (!now.equals(current)) {
                current = now;
                LOG.info(
                        "the file of ADMIN_API_KEY holds another key: that one is in force now, the one before no more");
            }
        } catch (RuntimeException e) {
            LOG.warn("the file of ADMIN_API_KEY could not be looked into; the key read before stays in force", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
