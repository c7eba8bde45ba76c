package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay that delivers batches. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchTest {
    private static TestPostgres server;
    private OutboxRig rig;

    /** The texts of each batch that the destination was given. */
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServer() throws SQLException {
        server = OutboxRig.server();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void begin() {
        rig = new OutboxRig(server);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void messages_ofManyKeysAndOneHotKey_goInOneBatchInTheirOrder() throws Exception {
        for (int i = 0; i < 10; i++) {
            rig.add("hot", "hot-" + i);
        }
        Message other = rig.add("other", "other");
        relay(text -> Result.delivered());

        rig.awaitState(other, "sent");
        awaitNothingPending();

        // Two leading messages share the batch of 20: nine places behind each.
        assertThat(batches.get(0)).contains("other").hasSizeGreaterThan(9);
        assertThat(arrived("hot-"))
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "hot-" + i).toList());
        await().until(() -> rig.outcomes().size() == 11);
    }

    @Test
    void message_thatIsRefused_stopsItsKeyOnlyAndIsDeadWithItsHistory() throws Exception {
        Message poison = rig.add("bad", "poison");
        Message behind = rig.add("bad", "behind");
        Message other = rig.add("good", "good");
        relay(text ->
                text.equals("poison") ? new Result.Refused(FailureKind.HTTP_ERROR, "no\0way") : Result.delivered());

        rig.awaitState(other, "sent");
        rig.awaitState(behind, "sent");

        assertThat(rig.state(poison)).isEqualTo("dead");
        assertThat(row(poison, "refusals || ' ' || claims || ' ' || jsonb_array_length(history)"))
                .isEqualTo("3 3 3");
        assertThat(row(poison, "history -> 2 ->> 'kind' || ': ' || (history -> 2 ->> 'message')"))
                .isEqualTo("http_error: no way");
        assertThat(row(behind, "refusals || ' ' || claims || ' ' || coalesce(history::text, 'none')"))
                .isEqualTo("0 1 none");
        assertThat(row(other, "refusals || ' ' || claims || ' ' || coalesce(history::text, 'none')"))
                .isEqualTo("0 1 none");
    }

    @Test
    void history_ofALongOutage_keepsTheLastTwentyFailures() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Message message = rig.add("model", "patient");
        relay(text -> attempts.incrementAndGet() <= 25
                ? new Result.Later(FailureKind.CONNECTION_LOST, "away " + attempts.get())
                : Result.delivered());

        rig.awaitState(message, "sent");

        assertThat(
                        row(
                                message,
                                "jsonb_array_length(history) || ' ' || (history -> 0 ->> 'message') || ' ' || (history -> 19 ->> 'message')"))
                .isEqualTo("20 away 6 away 25");
        assertThat(row(message, "refusals")).isEqualTo("0");
    }

    @Test
    void messages_behindOneThatWaits_areNotTriedAndCountNothing() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        Message first = rig.add("model", "1");
        Message second = rig.add("model", "2");
        relay(text -> text.equals("1") && away.get()
                ? new Result.Later(FailureKind.CONNECTION_REFUSED, "away")
                : Result.delivered());
        await().until(() -> rig.outcomes().size() >= 3);

        assertThat(rig.outcomes()).containsOnly(DeliveryOutcome.LATER);
        assertThat(row(second, "state || ' ' || refusals")).isEqualTo("pending 0");
        away.set(false);

        rig.awaitState(second, "sent");
        assertThat(row(second, "claims")).isEqualTo("1");
        assertThat(rig.state(first)).isEqualTo("sent");
    }

    @Test
    void delivery_thatMakesAMistakeWithOneMessage_deliversTheOthers() throws Exception {
        Message poison = rig.add("bad", "poison");
        List<Message> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add(rig.add("key-" + i, "good-" + i));
        }
        rig.batches(
                plan(),
                batch -> {
                    batches.add(texts(batch));
                    if (texts(batch).contains("poison")) {
                        throw new IllegalStateException("cannot be written");
                    }
                    return batch.stream().map(one -> Result.delivered()).toList();
                },
                rig.database());

        for (Message one : good) {
            rig.awaitState(one, "sent");
            assertThat(row(one, "refusals")).isEqualTo("0");
        }
        rig.awaitState(poison, "dead");
        assertThat(row(poison, "cause_message")).isEqualTo("cannot be written");
    }

    @Test
    void delivery_thatGivesTooFewResultsOrIsSaturated_losesNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Message one = rig.add("one", "1");
        Message two = rig.add("two", "2");
        rig.batches(
                plan(),
                batch -> {
                    return switch (calls.incrementAndGet()) {
                        case 1 -> throw new DependencySaturatedException("destination", "full");
                        case 2 -> List.of();
                        default ->
                            batch.stream().map(each -> Result.delivered()).toList();
                    };
                },
                rig.database());

        rig.awaitState(one, "sent");
        rig.awaitState(two, "sent");
    }

    @Test
    void batch_ofLargeMessages_endsBeforeItNeedsMuchMemory() throws Exception {
        String large = "x".repeat(1_500_000);
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(rig.add("hot", large + i));
        }
        relay(text -> Result.delivered());

        rig.awaitState(all.get(3), "sent");

        assertThat(batches).extracting(List::size).containsExactly(3, 1);
    }

    @Test
    void batch_endsBeforeAMessageThatIsNotDue() throws Exception {
        rig.add("model", "1");
        rig.add(rig.message("model", "2").after(Duration.ofMillis(700)));
        Message last = rig.add("model", "3");
        relay(text -> Result.delivered());

        rig.awaitState(last, "sent");

        assertThat(batches).containsExactly(List.of("1"), List.of("2", "3"));
    }

    @Test
    void outcomes_whileATransactionHoldsTheLockOfOneKey_areRecordedForTheOthers() throws Exception {
        Message one = rig.add("one", "1");
        Message two = rig.add("two", "2");
        try (Connection writer = rig.database().getConnection()) {
            writer.setAutoCommit(false);
            Outbox.add(writer, rig.message("one", "open"));
            relay(text -> Result.delivered());

            rig.awaitState(two, "sent");
            assertThat(rig.state(one)).isEqualTo("pending");
            writer.commit();
        }

        rig.awaitState(one, "sent");
        awaitNothingPending();
        assertThat(arrived("")).containsExactlyInAnyOrder("1", "2", "open");
    }

    /** Whatever the order of the keys, no transaction of an application becomes the victim of a deadlock with a relay. */
    @Test
    void transactions_thatAddSeveralKeysInAnyOrder_neverDeadlockWithTheRelay() throws Exception {
        relay(text -> Result.delivered());
        for (int i = 0; i < 200; i++) {
            try (Connection writer = rig.database().getConnection()) {
                writer.setAutoCommit(false);
                for (int k = 0; k < 6; k++) {
                    int key = i % 2 == 0 ? k : 5 - k;
                    Outbox.add(writer, rig.message("key-" + key, key + "-" + i));
                }
                writer.commit();
            }
        }

        awaitNothingPending();

        assertThat(arrived("3-"))
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "3-" + i).toList());
        assertThat(server.log()).noneMatch(line -> line.contains("deadlock detected"));
    }

    @Test
    void messages_whereThePoolHasOneConnection_allArrive() throws Exception {
        try (HikariDataSource small = new HikariDataSource()) {
            small.setDataSource(server.admin().dataSource(OutboxRig.DATABASE));
            small.setMaximumPoolSize(1);
            small.setConnectionTimeout(2_000);
            Destination destination = new Destination();
            rig.batches(plan().places(4).batch(3), Delivery.each(destination), small);
            for (int i = 0; i < 60; i++) {
                try (Connection writer = small.getConnection()) {
                    writer.setAutoCommit(false);
                    Outbox.add(writer, rig.message("key-" + i % 6, String.valueOf(i)));
                    writer.commit();
                }
            }

            awaitNothingPending();

            assertThat(destination.received("key-5"))
                    .containsExactly("5", "11", "17", "23", "29", "35", "41", "47", "53", "59");
        }
    }

    @Test
    void message_withATrace_arrivesWithIt() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        List<Message> got = new CopyOnWriteArrayList<>();
        rig.batches(
                plan(),
                batch -> {
                    batch.forEach(one -> got.add(one.message()));
                    return batch.stream().map(one -> Result.delivered()).toList();
                },
                rig.database());

        Message traced = rig.add(rig.message("one", "traced").tracedBy(trace));
        Message invalid = rig.add(rig.message("one", "invalid").tracedBy("what a client sends"));
        rig.awaitState(invalid, "sent");

        assertThat(got).containsExactly(traced, invalid);
        assertThat(got.get(0).traceparent()).contains(trace);
        assertThat(got.get(1).traceparent()).isEmpty();
    }

    private RelayPlan plan() {
        return rig.plan().batch(20).places(2).attempts(3);
    }

    /** A relay whose destination answers by the text of the message, and notes the batches. */
    private void relay(Function<String, Result> answer) {
        Delivery each = Delivery.each(attempt -> answer.apply(Destination.textOf(attempt.message())));
        rig.batches(
                plan(),
                batch -> {
                    batches.add(texts(batch));
                    return each.deliver(batch);
                },
                rig.database());
    }

    private static List<String> texts(List<DeliveryAttempt> batch) {
        return batch.stream().map(one -> Destination.textOf(one.message())).toList();
    }

    private List<String> arrived(String prefix) {
        return batches.stream()
                .flatMap(List::stream)
                .filter(text -> text.startsWith(prefix))
                .toList();
    }

    private void awaitNothingPending() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.ask("select count(*) from mooring.outbox where state = 'pending' and destination = '"
                                + rig.destination + "'")
                        .equals("0"));
    }

    private String row(Message message, String expression) throws SQLException {
        return rig.ask("select " + expression + " from mooring.outbox where message_id = '" + message.id() + "'");
    }
}
