package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.redis.TestRedisCluster;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class ClusterTest {
    private TestRedisCluster cluster;
    private Rig rig;

    @BeforeAll
    void start() {
        cluster = TestRedisCluster.started();
        rig = Rig.of(Map.of(
                "REDIS_NODES",
                cluster.nodes().subList(0, 3).stream()
                        .map(node -> node.host() + ":" + node.port())
                        .collect(Collectors.joining(","))));
    }

    @AfterAll
    void end() {
        rig.close();
        cluster.close();
    }

    @BeforeEach
    void isUp() {
        cluster.startAll();
        rig.await(Status.UP);
    }

    @Test
    void movedSlot_isFollowed_byCallsAndSessions() throws Exception {
        try (RedisSession session = rig.redis.session(Duration.ZERO)) {
            for (int move = 0; move < 3; move++) {
                String value = String.valueOf(move);
                assertThat(rig.set("orders", value)).isEqualTo("OK");
                TestRedis next = cluster.moveSlot("orders");
                assertThat(rig.redis.call(commands -> commands.get("orders")).get())
                        .isEqualTo(value);
                assertThat(session.<String>ask(redis -> redis.set("orders", "moved"), Duration.ofSeconds(2)))
                        .isEqualTo("OK");
                assertThat(next.admin().text("GET", "orders")).isEqualTo("moved");
            }
        }
        assertThat(rig.health().status()).isEqualTo(Status.UP);
    }

    @Test
    void deadPrimary_isReplaced_withoutARestart() {
        TestRedis next = cluster.failOver("orders");
        await().atMost(Rig.LONG).ignoreExceptions().until(() -> rig.set("orders", "again")
                .equals("OK"));
        assertThat(next.admin().text("GET", "orders")).isEqualTo("again");
    }

    @Test
    void clusterWithoutAPartOfItsKeys_isDown_untilItIsWhole() {
        cluster.killPart("orders");
        rig.awaitDown(FailureKind.SHUTTING_DOWN);
        cluster.startAll();
        await().atMost(Rig.LONG).ignoreExceptions().until(() -> rig.set("orders", "whole")
                .equals("OK"));
    }

    @Test
    void frozenNode_doesNotMakeTheClusterDown() {
        TestRedis frozen = cluster.primaryOf("orders");
        frozen.freeze();
        try {
            // Sooner than the timer, by which the client asks every 30 s.
            await().atMost(Duration.ofSeconds(12)).ignoreExceptions().until(() -> rig.set("orders", "without")
                    .equals("OK"));
            rig.await(Status.UP);
        } finally {
            frozen.thaw();
        }
    }
}
