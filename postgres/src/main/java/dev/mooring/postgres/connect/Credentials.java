package dev.mooring.postgres.connect;

import dev.mooring.settings.Secret;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the password of a log-in, also during a rotation. The current one comes first. When the server refuses it, the source is read
 * again; if it has no other password, the last one that worked is tried once. A rotation reaches the server and this process at different
 * moments. Thread-safe.
 */
final class Credentials {
    /** The SQLSTATE of a system error, outside of PostgreSQL. */
    private static final String UNREADABLE = "58000";

    private final Supplier<Optional<Secret>> source;

    /** The password of the last log-in that worked. Guarded by this, as the next field. */
    private @Nullable Secret lastGood;

    /** The password that the server refused last. */
    private @Nullable Secret refused;

    /** {@code source} gives the current password, and nothing where a log-in needs none. */
    Credentials(Supplier<Optional<Secret>> source) {
        this.source = source;
    }

    /**
     * The first password to try: the current one, unless the server refused that one last and another one has worked.
     *
     * @throws SQLException the source of the password failed and no password has worked yet
     */
    Optional<Secret> first() throws SQLException {
        Optional<Secret> present = present();
        synchronized (this) {
            boolean hopeless = present.isPresent() && present.get().equals(refused) && lastGood != null;
            return hopeless ? Optional.ofNullable(lastGood) : present;
        }
    }

    /** The password to try after the server refused {@code failed}; empty when there is no other. */
    Optional<Secret> second(Optional<Secret> failed) throws SQLException {
        Optional<Secret> present = present();
        synchronized (this) {
            refused = failed.orElse(null);
            if (!present.equals(failed)) {
                return present;
            }
            return Optional.ofNullable(lastGood).filter(good -> !good.equals(refused));
        }
    }

    synchronized void worked(Optional<Secret> secret) {
        lastGood = secret.orElse(null);
        if (secret.isPresent() && secret.get().equals(refused)) {
            refused = null;
        }
    }

    /** Whether the current password is another one than the server refused last. */
    boolean changedSinceRefusal() {
        try {
            Optional<Secret> present = present();
            synchronized (this) {
                return refused != null
                        && present.filter(secret -> !secret.equals(refused)).isPresent();
            }
        } catch (SQLException unknown) {
            return false;
        }
    }

    /** The current password of the source. While the source throws or returns null, the last password that worked. */
    private Optional<Secret> present() throws SQLException {
        try {
            return source.get();
        } catch (RuntimeException failed) {
            synchronized (this) {
                if (lastGood != null) {
                    return Optional.of(lastGood);
                }
            }
            // The source's own message may hold a secret, so only the stack trace has it.
            SQLException unreadable = new SQLException(
                    "the source of the password failed with "
                            + failed.getClass().getName(),
                    UNREADABLE);
            unreadable.addSuppressed(failed);
            throw unreadable;
        }
    }
}
