package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.redis.TestSentinels;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class SentinelTest {

    @Test
    void failover_movesCallsAndSessionsToTheNewPrimary_withoutARestart() throws Exception {
        try (TestSentinels trio = TestSentinels.started(TestRedis.builder().password("s3cr3t"), "ofSentinels");
                Rig rig = Rig.of(Map.of(
                                "REDIS_NODES",
                                trio.ports().stream()
                                        .map(port -> trio.host() + ":" + port)
                                        .collect(Collectors.joining(",")),
                                "REDIS_SENTINEL_MASTER",
                                TestSentinels.MASTER,
                                "REDIS_PASSWORD",
                                "s3cr3t",
                                "REDIS_SENTINEL_PASSWORD",
                                "ofSentinels"))
                        .whenUp()) {
            assertThat(rig.set("a", "1")).isEqualTo("OK");
            TestRedis second = trio.failOver();
            reaches(rig, second, "2");

            trio.killSentinel(0);
            second.kill();
            TestRedis first = trio.awaitAnotherPrimary(second);
            reaches(rig, first, "3");
        }
    }

    private static void reaches(Rig rig, TestRedis primary, String value) {
        await().atMost(Rig.LONG)
                .ignoreExceptions()
                .until(() -> rig.set("a", value).equals("OK")
                        && primary.admin().text("GET", "a").equals(value));
        rig.await(Status.UP);
        await().atMost(Rig.LONG).ignoreExceptions().until(() -> {
            try (RedisSession session = rig.redis.session(Duration.ZERO)) {
                return session.ask(redis -> redis.set("b", value), Duration.ofSeconds(1))
                        .equals("OK");
            }
        });
        assertThat(primary.admin().text("GET", "b")).isEqualTo(value);
    }
}
