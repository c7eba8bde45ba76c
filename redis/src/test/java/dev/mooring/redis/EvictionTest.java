package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EvictionTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void eviction_closesAllConnections_andCallsInFlightFinish() throws Exception {
        try (TestRedis server = TestRedis.started();
                Rig rig = Rig.of(server).whenUp();
                RedisSession used = rig.redis.session(Duration.ZERO)) {
            try (RedisSession idle = rig.redis.session(Duration.ZERO)) {
                assertThat(id(idle)).isPositive();
            }
            long before = id(used);
            long shared = rig.redis.call(commands -> commands.clientId()).get();
            assertThat(rig.redis.pool()).isEqualTo(new RedisPool(1, 1, 0, 8));
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> {
                try {
                    return used.ask(redis -> redis.blpop(5, "list"), SOON).getValue();
                } finally {
                    used.close();
                }
            });
            await().atMost(Rig.LONG)
                    .until(() -> server.admin().info("blocked_clients").equals(java.util.Optional.of("1")));

            rig.redis.evictPool();

            assertThat(rig.redis.pool().idle()).isZero();
            assertThat(rig.redis
                            .call(commands -> commands.rpush("list", "kept"))
                            .get())
                    .isEqualTo(1);
            assertThat(inFlight.get()).isEqualTo("kept");
            assertThat(rig.redis.pool()).isEqualTo(new RedisPool(0, 0, 0, 8));
            assertThat(rig.redis.call(commands -> commands.clientId()).get()).isNotEqualTo(shared);
            try (RedisSession later = rig.redis.session(Duration.ZERO)) {
                assertThat(id(later)).isNotEqualTo(before);
            }
        }
    }

    @Test
    void evictions_underLoad_failNoCall() throws Exception {
        try (TestRedis server = TestRedis.started();
                Rig rig = Rig.of(server).whenUp()) {
            CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> {
                int done = 0;
                for (; done < 3_000; done++) {
                    try {
                        assertThat(rig.set("key", "value")).isEqualTo("OK");
                    } catch (Exception failed) {
                        throw new AssertionError("call " + done + " failed", failed);
                    }
                }
                return done;
            });
            while (!load.isDone()) {
                rig.redis.evictPool();
            }
            assertThat(load.get()).isEqualTo(3_000);
        }
    }

    private static long id(RedisSession session) {
        return session.<Long>ask(redis -> redis.clientId(), SOON);
    }
}
