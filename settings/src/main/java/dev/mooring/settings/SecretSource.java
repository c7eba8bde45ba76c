package dev.mooring.settings;

import java.nio.file.Path;

/**
 * A secret that may be rotated while the process runs: each log-in asks again. An implementation is thread-safe, answers within
 * milliseconds (whatever asks a vault keeps its answer) and never gives null. While one throws, the last secret that worked stays in
 * force.
 *
 * <pre>{@code
 * SecretSource rotated = () -> Secret.of(vault.password("orders"));
 * }</pre>
 */
@FunctionalInterface
public interface SecretSource {
    /** The secret as it is now. */
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
