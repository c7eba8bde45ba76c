package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseTest {

    @Test
    void fiftyClients_leaveNoThreadAndNoConnection() throws Exception {
        try (TestRedis server = TestRedis.started()) {
            for (int client = 0; client < 50; client++) {
                try (Rig rig = Rig.of(server)) {
                    assertThat(rig.redis.dependency().awaitContact(Rig.LONG)).isTrue();
                    assertThat(rig.set("a", "b")).isEqualTo("OK");
                    try (RedisSession session = rig.redis.session(Duration.ZERO)) {
                        assertThat(session.<String>ask(redis -> redis.get("a"), Duration.ofSeconds(1)))
                                .isEqualTo("b");
                    }
                    assertThat(threads()).hasSizeBetween(1, 5);
                }
            }
            await().atMost(Rig.LONG).until(() -> threads().isEmpty());
            await().atMost(Rig.LONG)
                    .until(() -> server.admin().info("connected_clients").equals(Optional.of("1")));
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mooring-redis-") || name.contains("lettuce"))
                .toList();
    }
}
