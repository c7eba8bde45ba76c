package dev.mooring.settings;

import java.nio.file.Path;

/**
 * A secret that may change while the process runs. Each log-in calls {@link #current()} again. An implementation is thread-safe, returns
 * within milliseconds (a client of a vault caches the answer) and never returns null. While it throws, log-ins use the last secret that
 * worked.
 *
 * <pre>{@code
 * SecretSource rotated = () -> Secret.of(vault.password("orders"));
 * }</pre>
 */
@FunctionalInterface
public interface SecretSource {
    /** The secret as it is now. */
    Secret current();

    /** Whether a later call may return another secret. */
    default boolean mayChange() {
        return true;
    }

    /** A secret that never changes. */
    static SecretSource fixed(Secret secret) {
        return new FixedSecret(secret);
    }

    /**
     * A secret in a file, without the line break at its end. Each call of {@link #current()} reads the file again. While the file cannot be
     * read, as in the middle of a rotation, the call returns the last secret.
     *
     * @throws IllegalArgumentException when the file is missing, unreadable, empty or larger than 64 KiB
     */
    static SecretSource file(Path path) {
        return new SecretFile(path, any -> true);
    }
}
