package dev.mooring.messages.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Result;
import dev.mooring.messages.queue.Consumer;
import dev.mooring.messages.queue.ConsumerPlan;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.KeepingQueueContract;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.Received;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.Topology;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisQueueTest extends KeepingQueueContract {
    private static TestRedis server;
    private static RedisRig rig;

    @BeforeAll
    static void startServer() {
        server = TestRedis.started();
        rig = new RedisRig(new Topology.Standalone(new Node(server.host(), server.port())));
    }

    @AfterAll
    static void endServer() {
        rig.close();
        server.close();
    }

    @Override
    protected MessageQueue queue(String name) {
        return RedisQueue.of(rig.redis, name);
    }

    @Override
    protected String unknownPlace() {
        return "99-1";
    }

    private String stream() {
        return "mooring:queue:" + queue.name();
    }

    @Test
    void entry_hasTheFieldsOfTheContract_inTheirOrder() {
        Envelope traced = message("one");
        Envelope plain = new Envelope(traced.id(), "type", traced.time(), "{}");
        queue.publish(List.of(traced, plain));

        List<?> entries = server.admin().list("XRANGE", stream(), "-", "+");

        assertThat(((List<?>) entries.get(0)).get(1))
                .isEqualTo(List.of(
                        "message_id",
                        traced.id().toString(),
                        "type",
                        "model.registered",
                        "time",
                        traced.time().toString(),
                        "attempt",
                        "3",
                        "payload",
                        traced.payload(),
                        "traceparent",
                        traced.traceparent().orElseThrow()));
        assertThat((List<?>) ((List<?>) entries.get(1)).get(1)).hasSize(10);
    }

    @Test
    void entry_ofAnotherProgramThatIsNoMessage_isADeadLetter_andStopsNoOther() throws Exception {
        server.admin().ask("XADD", stream(), "*", "hello", "world");
        queue.publish(List.of(message("one")));

        List<Received> received = queue.receive(reader("group", "one"), 10, WAIT);

        assertThat(received).hasSize(1);
        DeadMessage dead = queue.deadLetters("", 10).get(0);
        assertThat(dead.cause().kind()).isEqualTo(FailureKind.PROTOCOL_ERROR);
        assertThat(dead.envelope().payload()).isEqualTo("{hello=world}");
        queue.acknowledge(reader("group", "one"), received);
        assertThat(queue.depth().pending()).isZero();
    }

    @Test
    void trimming_deletesWhatEveryGroupAcknowledged_andNeverWhatOneHasNot() throws Exception {
        ancient(1_000);
        server.admin().ask("XGROUP", "CREATE", stream(), "fast", "0");
        server.admin().ask("XGROUP", "CREATE", stream(), "slow", "0");
        queue.acknowledge(reader("fast", "one"), queue.receive(reader("fast", "one"), 1_000, WAIT));
        queue.tidy();
        assertThat(length()).isEqualTo(1_000);

        List<Received> slow = queue.receive(reader("slow", "one"), 1_000, WAIT);
        assertThat(slow).hasSize(1_000);
        queue.acknowledge(reader("slow", "one"), slow.subList(0, 500));
        queue.acknowledge(reader("slow", "one"), slow.subList(501, 1_000));
        queue.tidy();

        assertThat(length()).isBetween(500L, 650L);
        assertThat(queue.depth().pending()).isEqualTo(1);
        assertThat(ids(receive(reader("slow", "two"))))
                .containsExactly(slow.get(500).envelope().id());
    }

    @Test
    void trimming_withoutAGroup_deletesWhatIsOlderThanAWeek() {
        ancient(300);
        queue.publish(messages(2));

        queue.tidy();

        assertThat(length()).isBetween(2L, 110L);
        MessageQueue none = queue(queue.name() + "-none");
        none.tidy();
        assertThat(none.depth().pending()).isZero();
    }

    private long length() {
        return Long.parseLong(server.admin().text("XLEN", stream()));
    }

    /** Entries of the year 1970. */
    private void ancient(int count) {
        for (int i = 1; i <= count; i++) {
            List<String> command = new ArrayList<>(List.of("XADD", stream(), "1-" + i));
            for (Object field : Fields.of(message("" + i))) {
                command.add(String.valueOf(field));
            }
            server.admin().ask(command.toArray(String[]::new));
        }
    }

    @Test
    void publish_toAServerThatIsIll_letsMessagesWait_andRefusesOnlyWhatTheServerCanNeverTake() throws Exception {
        server.admin().ask("SET", stream() + "x", "a string");
        assertThat(queue(queue.name() + "x").publish(messages(1)))
                .singleElement()
                .isInstanceOf(Result.Refused.class);

        server.fillMemory();
        assertThat(laterKind()).contains(FailureKind.OUT_OF_MEMORY);
        server.freeMemory();
        published();

        server.kill();
        assertThat(laterKind()).isPresent();
        assertThatThrownBy(() -> queue.receive(reader("group", "one"), 1, WAIT)).isInstanceOf(MooringException.class);
        assertThatThrownBy(queue::depth).isInstanceOf(MooringException.class);
        server.start();
        published();

        server.freeze();
        assertThat(laterKind()).isPresent();
        server.thaw();
        published();
        assertThat(receive(reader("group", "one"))).isNotEmpty();
    }

    private Optional<FailureKind> laterKind() {
        return queue.publish(messages(1)).get(0) instanceof Result.Later later
                ? Optional.of(later.kind())
                : Optional.empty();
    }

    private void published() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> queue.publish(messages(1)).get(0) instanceof Result.Delivered);
    }

    @Test
    void message_isPublished_whenAReplicaHasIt() {
        try (TestRedis replica = TestRedis.started()) {
            replica.follow(server);
            queue.publish(messages(1));
            assertThat(replica.admin().text("XLEN", stream())).isEqualTo("1");

            replica.freeze();
            assertThat(queue.publish(messages(1))).singleElement().isInstanceOf(Result.Later.class);
            replica.thaw();
            published();
        }
    }

    @Test
    void messages_thatAConsumerHeldWhenItWasKilled_comeToAnother() {
        queue.publish(messages(3));
        try (ChildProcess process = HangingConsumer.start(server, queue.name())) {
            process.kill();
        }
        Queue<UUID> handled = new ConcurrentLinkedQueue<>();

        try (Consumer consumer = Consumer.start(
                ConsumerPlan.of("group").lease(HangingConsumer.LEASE),
                queue,
                message -> handled.add(message.id()),
                Time.system())) {
            assertThat(consumer).isNotNull();
            await().atMost(Duration.ofSeconds(20)).until(() -> queue.depth().pending() == 0);
        }

        assertThat(handled).hasSize(3);
    }
}
