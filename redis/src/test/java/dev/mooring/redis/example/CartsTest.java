package dev.mooring.redis.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the code of docs/how-to/redis.md against a server that works and goes away. */
@Timeout(60)
class CartsTest {

    @Test
    void carts_areKept_andEmptyWhileRedisIsAway() throws Exception {
        try (TestRedis server = TestRedis.started();
                Carts carts = new Carts(Map.of("REDIS_URL", server.url()));
                Mooring mooring = Mooring.supervise(carts.redis().dependency())) {
            assertThat(mooring.dependency("redis").orElseThrow().awaitContact(Duration.ofSeconds(20)))
                    .isTrue();
            carts.put("ada", "two apples");
            assertThat(carts.cart("ada")).isEqualTo("two apples");
            assertThat(carts.nextChanged(Duration.ofSeconds(1))).contains("ada");
            assertThat(carts.nextChanged(Duration.ofSeconds(1))).isEmpty();
            server.kill();
            assertThat(carts.cart("ada")).isEqualTo("empty");
            server.start();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(carts.cart("ada")).isEqualTo("two apples"));
        }
    }
}
