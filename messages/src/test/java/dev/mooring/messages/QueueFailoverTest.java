package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.messages.queue.QueueDelivery;
import dev.mooring.messages.queue.redis.RedisQueue;
import dev.mooring.messages.queue.redis.RedisRig;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.Topology;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.testing.redis.TestRedisCluster;
import dev.mooring.testing.redis.TestSentinels;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A relay takes messages from the outbox into Redis while the primary dies, while a replica becomes the primary, and while a cluster gives
 * the stream to another node. A failover takes some seconds, and a primary alone waits for ten, so the class takes about half a minute.
 */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueFailoverTest {
    private static final int KEYS = 5;

    private static TestPostgres server;

    @BeforeAll
    static void startServer() throws SQLException {
        server = OutboxRig.server();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    /** What breaks Redis; it adds messages before, between and after. */
    private interface Story {
        void tell(Adding adding) throws Exception;
    }

    /** Adds some messages of each key. */
    private interface Adding {
        void add() throws SQLException;
    }

    @Test
    void failoverOfSentinelAfterTheDeathOfThePrimary_whileMessagesAreOnTheirWay_losesNone() throws Exception {
        sentinels((sentinels, adding) -> {
            TestRedis old = sentinels.primary();
            old.kill();
            adding.add();
            sentinels.awaitAnotherPrimary(old);
            adding.add();
            old.start();
            adding.add();
        });
    }

    @Test
    void failoverOfSentinelThatAnOperatorOrders_whileMessagesAreOnTheirWay_losesNone() throws Exception {
        sentinels((sentinels, adding) -> {
            CompletableFuture<TestRedis> ordered = CompletableFuture.supplyAsync(sentinels::failOver);
            while (!ordered.isDone()) {
                adding.add();
            }
            assertThat(ordered.get()).isEqualTo(sentinels.primary());
        });
    }

    private interface SentinelStory {
        void tell(TestSentinels sentinels, Adding adding) throws Exception;
    }

    private static void sentinels(SentinelStory story) throws Exception {
        try (TestSentinels sentinels = TestSentinels.started()) {
            List<Node> nodes = sentinels.ports().stream()
                    .map(port -> new Node(sentinels.host(), port))
                    .toList();
            check(
                    new Topology.Sentinel(TestSentinels.MASTER, nodes),
                    adding -> {
                        adding.add();
                        story.tell(sentinels, adding);
                        adding.add();
                    },
                    key -> sentinels.primary());
        }
    }

    @Test
    void clusterThatGivesTheStreamToAnotherNode_whileMessagesAreOnTheirWay_losesNone() throws Exception {
        try (TestRedisCluster cluster = TestRedisCluster.started()) {
            List<Node> nodes = cluster.nodes().stream()
                    .map(node -> new Node(node.host(), node.port()))
                    .toList();
            Story story = adding -> {
                adding.add();
                cluster.moveSlot("mooring:queue:failover");
                adding.add();
                cluster.moveSlot("mooring:queue:failover");
                adding.add();
                cluster.failOver("mooring:queue:failover");
                adding.add();
            };
            check(new Topology.Cluster(nodes), story, cluster::primaryOf);
        }
    }

    private interface Home {
        TestRedis of(String key);
    }

    private static void check(Topology topology, Story story, Home home) throws Exception {
        Map<String, List<String>> added = new LinkedHashMap<>();
        try (RedisRig redis = new RedisRig(topology);
                OutboxRig rig = new OutboxRig(server)) {
            RedisQueue queue = RedisQueue.of(redis.redis, "failover");
            Relay relay = Relay.start(
                    rig.plan().batch(20).places(3),
                    new QueueDelivery(queue, redis.redis.dependency(), Time.system()),
                    rig.database(),
                    Time.system(),
                    rig.events::add);
            story.tell(() -> {
                for (int i = 0; i < 40; i++) {
                    for (int key = 0; key < KEYS; key++) {
                        Message message = rig.add("key-" + key, "key-" + key + " " + i);
                        added.computeIfAbsent(message.payload().substring(10, 15), unknown -> new ArrayList<>())
                                .add(message.id().toString());
                    }
                }
            });
            await().atMost(Duration.ofSeconds(60)).until(() -> rig.ask(
                            "select count(*) from mooring.outbox where state = 'pending' and destination = '"
                                    + rig.destination + "'")
                    .equals("0"));
            relay.close();
            assertThat(rig.ask("select count(*) from mooring.outbox where state = 'dead'"))
                    .isEqualTo("0");
        }
        List<String> arrived = new ArrayList<>();
        for (Object entry :
                home.of("mooring:queue:failover").admin().list("XRANGE", "mooring:queue:failover", "-", "+")) {
            arrived.add(String.valueOf(((List<?>) ((List<?>) entry).get(1)).get(1)));
        }
        assertThat(added).hasSize(KEYS);
        added.forEach((key, ids) -> {
            Set<String> known = Set.copyOf(ids);
            assertThat(arrived.stream().filter(known::contains).distinct())
                    .as(key)
                    .containsExactlyElementsOf(ids);
        });
        System.out.println("measured copies of messages after failovers of Redis: "
                + (arrived.size() - arrived.stream().collect(Collectors.toSet()).size()) + " of " + arrived.size());
    }
}
