package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.redis.TestSentinels;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class SentinelTest {

    private static final String PASSWORD = "ofTheServers";
    private static final String OF_SENTINELS = "ofTheSentinels";

    @Test
    void failover_movesCallsAndSessionsToTheNewPrimary_withoutARestart() throws Exception {
        try (TestSentinels trio = TestSentinels.started(TestRedis.builder().password(PASSWORD), OF_SENTINELS)) {
            // The last Sentinel comes first in the setting, and does not answer.
            trio.freezeSentinel(2);
            try (Rig rig = Rig.of(environment(trio)).whenUp()) {
                trio.killSentinel(2);
                assertThat(rig.set("a", "1")).isEqualTo("OK");
                TestRedis second = trio.failOver();
                reaches(rig, second, "2");

                second.kill();
                TestRedis first = trio.awaitAnotherPrimary(second);
                reaches(rig, first, "3");
            }
        }
    }

    private static Map<String, String> environment(TestSentinels trio) {
        String nodes = IntStream.of(2, 0, 1)
                .mapToObj(index -> trio.host() + ":" + trio.ports().get(index))
                .collect(Collectors.joining(","));
        return Map.of(
                "REDIS_NODES",
                nodes,
                "REDIS_SENTINEL_MASTER",
                TestSentinels.MASTER,
                "REDIS_PASSWORD",
                PASSWORD,
                "REDIS_SENTINEL_PASSWORD",
                OF_SENTINELS);
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
