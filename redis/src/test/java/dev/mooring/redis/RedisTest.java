package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Mooring;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisTest {

    @Test
    void call_asksARunningServer() throws Exception {
        try (TestRedis server = TestRedis.started();
                Redis redis = Redis.of(
                        RedisSettings.at("redis", new Topology.Standalone(new Node(server.host(), server.port()))));
                Mooring ignored = Mooring.supervise(redis.dependency())) {
            assertThat(redis.dependency().awaitContact(Duration.ofSeconds(10))).isTrue();
            assertThat(redis.call(commands -> commands.set("a", "b")).get()).isEqualTo("OK");
            assertThat(server.admin().text("GET", "a")).isEqualTo("b");
        }
    }
}
