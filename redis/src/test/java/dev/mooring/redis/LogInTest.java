package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.redis.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogInTest {
    private final String first = "first-" + UUID.randomUUID();
    private final String second = "second-" + UUID.randomUUID();

    @Test
    void passwordInAFile_isReadAgainAfterARotation_withoutARestart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), first + "\n");
        try (TestRedis server = TestRedis.builder().password(first).start();
                Rig rig = Rig.of(Map.of("REDIS_URL", server.url(), "REDIS_PASSWORD_FILE", file.toString()))
                        .whenUp()) {
            assertThat(rig.set("a", "b")).isEqualTo("OK");
            server.changePassword(second);
            server.disconnect("default");
            rig.awaitDown(FailureKind.AUTHENTICATION_FAILED);
            assertThat(rig.health().toString()).doesNotContain(first).doesNotContain(second);
            Files.writeString(file, second + "\n");
            rig.await(Status.UP);
            assertThat(rig.set("a", "c")).isEqualTo("OK");
        }
    }

    @Test
    void missingPassword_isNamed() {
        try (TestRedis server = TestRedis.builder().password(first).start();
                Rig rig = Rig.of(server)) {
            rig.awaitDown(FailureKind.AUTHENTICATION_FAILED);
            assertThat(rig.redis.settings().toString()).doesNotContain(first);
        }
    }

    @Test
    void userWithFewRights_isUp_andSeesWhatItMayNotDo() throws Exception {
        try (TestRedis server = TestRedis.builder()
                        .user("registry", first, "~orders:* -@all +@read +@write +ping")
                        .start();
                Rig rig = Rig.of(Map.of(
                                "REDIS_HOST",
                                server.host(),
                                "REDIS_PORT",
                                String.valueOf(server.port()),
                                "REDIS_USERNAME",
                                "registry",
                                "REDIS_PASSWORD",
                                first))
                        .whenUp()) {
            assertThat(rig.set("orders:1", "b")).isEqualTo("OK");
            try {
                rig.set("other", "b");
            } catch (Exception refused) {
                assertThat(refused).hasMessageStartingWith("NOPERM");
                assertThat(rig.redis.dependency().classifier().classify(refused))
                        .contains(FailureKind.PERMISSION_DENIED);
            }
        }
    }

    @Test
    void encryptedServer_isReachedWithItsAuthority_andRefusedWithoutIt() throws Exception {
        try (TestRedis server = TestRedis.builder().tls().password(first).start()) {
            try (Rig rig = Rig.of(Map.of(
                            "REDIS_URL", server.url().replace("://", "://:" + first + "@"),
                            "REDIS_CA_FILE", server.certificate().toString()))
                    .whenUp()) {
                assertThat(rig.set("a", "b")).isEqualTo("OK");
                assertThat(rig.redis.settings().toString()).doesNotContain(first);
            }
            try (Rig rig = Rig.of(server)) {
                rig.awaitDown(FailureKind.TLS_FAILED);
            }
            try (Rig rig = Rig.of(Map.of("REDIS_URL", server.url().replace("rediss", "redis")))) {
                rig.awaitDown(FailureKind.CONNECTION_LOST);
            }
        }
    }

    @Test
    void nameWithoutAnAddress_isNamed() {
        try (Rig rig = Rig.of(Map.of("REDIS_HOST", "no-such-redis.invalid"))) {
            rig.awaitDown(FailureKind.NAME_NOT_RESOLVED);
            assertThat(rig.health().lastFailure().orElseThrow().message()).contains("no-such-redis.invalid:6379");
        }
    }
}
