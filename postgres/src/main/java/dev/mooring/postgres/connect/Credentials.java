package dev.mooring.postgres.connect;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which password to log in with while it may be rotated. The one in force comes first. When it is refused it is read again, and the
 * last one that worked is tried once: a rotation reaches the server and this process at different moments. Thread-safe.
 */
final class Credentials {
    private final Optional<SecretSource> source;

    /** Guarded by this, as the next: the password of the last log-in that worked. */
    private @Nullable Secret lastGood;

    /** The password that was refused last. */
    private @Nullable Secret refused;

    Credentials(Optional<SecretSource> source) {
        this.source = source;
    }

    /** What to try first: the present password, unless it is known to be refused and another one worked. */
    Optional<Secret> first() {
        Optional<Secret> present = present();
        synchronized (this) {
            boolean hopeless = present.isPresent() && present.get().equals(refused) && lastGood != null;
            return hopeless ? Optional.ofNullable(lastGood) : present;
        }
    }

    /** What to try after {@code failed} was refused; empty when nothing else is known. */
    Optional<Secret> second(Optional<Secret> failed) {
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
        Optional<Secret> present = present();
        synchronized (this) {
            return refused != null
                    && present.filter(secret -> !secret.equals(refused)).isPresent();
        }
    }

    private Optional<Secret> present() {
        return source.map(SecretSource::current);
    }
}
