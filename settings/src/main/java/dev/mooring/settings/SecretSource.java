package dev.mooring.settings;

import java.nio.file.Path;

/** A secret that may be rotated while the process runs: ask again for each log-in. Thread-safe. */
@FunctionalInterface
public interface SecretSource {
    /** The secret as it is now. Reads at most a small local file. */
    Secret current();

    /** Whether it may be another one the next time. */
    default boolean mayChange() {
        return true;
    }

    /** A secret that stays as it is. */
    static SecretSource fixed(Secret secret) {
        return new FixedSecret(secret);
    }

    /**
     * A secret in a file, without the line break at its end. The file is read again for each call; while it cannot be read (a
     * rotation that is half done), the last secret stays in force.
     *
     * @throws IllegalArgumentException when the file is missing, unreadable, empty or larger than 64 KiB
     */
    static SecretSource file(Path path) {
        return new SecretFile(path);
    }
}
