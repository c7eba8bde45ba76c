package dev.mooring.postgres.connect;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which password to log in with while it may be rotated. The one in force comes first. When it is refused it is read again, and the
 * last one that worked is tried once: a rotation reaches the server and this process at different moments. Thread-safe.
 */
final class Credentials {
    /** System error, outside of PostgreSQL. */
    private static final String UNREADABLE = "58000";

    private final Optional<SecretSource> source;

    /** Guarded by this, as the next: the password of the last log-in that worked. */
    private @Nullable Secret lastGood;

    /** The password that was refused last. */
    private @Nullable Secret refused;

    Credentials(Optional<SecretSource> source) {
        this.source = source;
    }

    /**
     * What to try first: the present password, unless it is known to be refused and another one worked.
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

    /** What to try after {@code failed} was refused; empty when nothing else is known. */
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

    /** Whether the password is another one than the one that was refused last. */
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

    /** What the source says now. While it throws, or says null, the last password that worked. */
    private Optional<Secret> present() throws SQLException {
        try {
            return source.map(its -> Objects.requireNonNull(its.current(), "the source of the password gave null"));
        } catch (RuntimeException failed) {
            synchronized (this) {
                if (lastGood != null) {
                    return Optional.of(lastGood);
                }
            }
            // Its message may hold a secret, so only the trace has it.
            SQLException unreadable = new SQLException(
                    "the source of the password failed with "
                            + failed.getClass().getName(),
                    UNREADABLE);
            unreadable.addSuppressed(failed);
            throw unreadable;
        }
    }
}
