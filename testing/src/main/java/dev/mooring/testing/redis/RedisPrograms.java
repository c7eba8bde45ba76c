package dev.mooring.testing.redis;

import dev.mooring.testing.process.LastWill;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis the tests run on.
 *
 * @param server the program {@code redis-server}; it runs as a Sentinel too
 * @param description which Redis it is, for people
 */
public record RedisPrograms(Path server, String description) {
    /** The environment variable that chooses: {@code embedded} (the default) or {@code installed}. */
    public static final String VARIABLE = "TEST_REDIS";

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/redis-server"),
            Path.of("/usr/local/bin/redis-server"),
            Path.of("/opt/homebrew/bin/redis-server"));
    private static final Map<String, String> CARRIED = Map.of(
            "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux-aarch64", "redis-server-6.2.7-linux-arm64",
            "mac-x86_64", "redis-server-6.2.6-v5-darwin-amd64",
            "mac-aarch64", "redis-server-6.2.6-v5-darwin-arm64");

    /** Unpacked once for each JVM; guarded by the lock of this class. */
    private static @Nullable Path unpacked;

    /** The program that the environment variable chooses. */
    public static RedisPrograms chosen() {
        return named(System.getenv().getOrDefault(VARIABLE, "embedded"));
    }

    static RedisPrograms named(String choice) {
        return switch (choice) {
            case "embedded" -> embedded();
            case "installed" ->
                installed()
                        .orElseThrow(() -> new IllegalStateException(
                                VARIABLE + " is \"installed\", but there is no redis-server in " + PLACES));
            default ->
                throw new IllegalStateException(
                        VARIABLE + " is \"" + choice + "\"; expected \"embedded\" or \"installed\"");
        };
    }

    /** The program on the class path. The first use in a JVM unpacks it into the temporary directory. */
    public static synchronized RedisPrograms embedded() {
        if (unpacked == null) {
            unpacked = unpack();
        }
        return new RedisPrograms(unpacked, "embedded Redis");
    }

    /** The program of the system's package; empty when there is none. */
    public static Optional<RedisPrograms> installed() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new RedisPrograms(program, "installed Redis"));
    }

    private static Path unpack() {
        String platform = (System.getProperty("os.name").startsWith("Mac") ? "mac-" : "linux-")
                + System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = CARRIED.getOrDefault(platform, "");
        try (InputStream program = RedisPrograms.class.getResourceAsStream("/" + name)) {
            if (name.isEmpty() || program == null) {
                throw new IllegalStateException("no Redis on the class path for " + platform + "; install one and set "
                        + VARIABLE + "=installed");
            }
            Path folder = Files.createTempDirectory("mooring-testing-redis-");
            LastWill.delete(folder);
            Path file = folder.resolve("redis-server");
            Files.copy(program, file);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException failed) {
            throw new UncheckedIOException("the Redis on the class path cannot be unpacked", failed);
        }
    }
}
