package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Mooring;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.Settings;
import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A supervised Redis as a service has it, from its environment variables. */
final class Rig implements AutoCloseable {
    /** Long enough for a loaded machine. */
    static final Duration LONG = Duration.ofSeconds(20);

    final Redis redis;
    final Mooring mooring;

    private Rig(Map<String, String> environment) {
        redis = Redis.of(settings(environment));
        mooring = Mooring.supervise(redis.dependency());
    }

    /** Waits 0.5 s for an answer; after 1.5 s of silence Redis is down. */
    static RedisSettings settings(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "REDIS_COMMAND_TIMEOUT", "0.5", "REDIS_CONNECT_TIMEOUT", "2", "REDIS_HEALTH_CHECK_TIMEOUT", "1.5"));
        all.putAll(environment);
        Settings settings = Settings.ofEnvironment(all);
        RedisSettings read = RedisVariables.read(settings).orElseThrow();
        settings.orThrow();
        return read;
    }

    static Rig of(Map<String, String> environment) {
        return new Rig(environment);
    }

    static Rig of(TestRedis server) {
        return of(Map.of("REDIS_URL", server.url()));
    }

    /** The same, once it is up. */
    Rig whenUp() {
        await(Status.UP);
        return this;
    }

    String set(String key, String value) throws Exception {
        return redis.call(commands -> commands.set(key, value)).get();
    }

    DependencyHealth health() {
        return mooring.health().dependency("redis").orElseThrow();
    }

    void await(Status status) {
        Awaitility.await().atMost(LONG).until(() -> health().status() == status);
    }

    void awaitDown(FailureKind kind) {
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            DependencyHealth now = health();
            assertThat(now.status()).isEqualTo(Status.DOWN);
            assertThat(now.lastFailure().orElseThrow().kind()).isEqualTo(kind);
        });
    }

    void awaitFinding(FailureKind kind) {
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            DependencyHealth now = health();
            assertThat(now.status()).isEqualTo(Status.DEGRADED);
            assertThat(now.findings()).extracting(Finding::kind).contains(kind);
        });
    }

    @Override
    public void close() {
        mooring.close();
        redis.close();
    }
}
