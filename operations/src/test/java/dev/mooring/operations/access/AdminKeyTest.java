package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AdminKeyTest {
    private static final Duration SOON = Duration.ofMillis(10);

    @TempDir
    Path directory;

    @Test
    void file_replaced_bringsItsKeyIntoForce() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "first\n");
        try (AdminKey key = AdminKey.from(SecretSource.file(file), SOON)) {
            assertThat(key.current()).contains(Secret.of("first"));

            Path next = Files.writeString(directory.resolve("next"), "second\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

            await().until(() -> key.current().equals(Optional.of(Secret.of("second"))));
        }
    }

    @Test
    void file_gone_leavesTheKeyInForceUntilAnotherComes() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "first");
        try (AdminKey key = AdminKey.from(SecretSource.file(file), SOON)) {
            Files.delete(file);
            await().during(Duration.ofMillis(100)).until(() -> key.current().equals(Optional.of(Secret.of("first"))));

            Files.writeString(file, "second");

            await().until(() -> key.current().equals(Optional.of(Secret.of("second"))));
        }
    }

    @Test
    void file_isLookedIntoByAThreadThatEndsWithTheKey() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "first");
        AdminKey key = AdminKey.from(SecretSource.file(file), SOON);
        await().until(AdminKeyTest::looks);

        key.close();

        await().until(() -> !looks());
    }

    @Test
    void variable_needsNoThread() {
        try (AdminKey key = AdminKey.from(SecretSource.fixed(Secret.of("fixed")), SOON)) {
            assertThat(key.current()).contains(Secret.of("fixed"));
            assertThat(looks()).isFalse();
        }
    }

    private static boolean looks() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("mooring-admin-key"));
    }
}
