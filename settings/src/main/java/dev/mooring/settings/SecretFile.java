package dev.mooring.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret in a file. Each call of {@link #current()} reads the file again. A secret that its setting does not accept counts as none.
 * Thread-safe.
 */
final class SecretFile implements SecretSource {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int MAX_BYTES = 64 * 1024;

    private final Path path;
    private final Predicate<String> accepted;
    /** The last secret that the file held. Volatile: every thread that logs in reads and writes it. */
    private volatile Secret last;

    /** Whether the last read failed, so that only the first failure in a row is logged. Volatile, as above. */
    private volatile boolean unreadable;

    SecretFile(Path path, Predicate<String> accepted) {
        this.path = path;
        this.accepted = accepted;
        this.last = read().orElseThrow(() -> new IllegalArgumentException("no secret can be read from " + path));
    }

    @Override
    public Secret current() {
        Optional<Secret> now = read();
        if (now.isEmpty() && !unreadable) {
            LOG.warn("no secret that can be used is in {}; the one read before stays in force", path);
        }
        unreadable = now.isEmpty();
        last = now.orElse(last);
        return last;
    }

    private Optional<Secret> read() {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                return Optional.empty();
            }
            String value = Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R+\\z", "");
            return value.isEmpty() || !accepted.test(value) ? Optional.empty() : Optional.of(Secret.of(value));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
