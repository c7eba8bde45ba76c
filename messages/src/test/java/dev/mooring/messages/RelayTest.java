package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One relay on a real database, with destinations that accept, refuse, reject, are away and make mistakes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {
    private static TestPostgres server;
    private OutboxRig rig;

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
    void message_whoseTransactionCommitted_isDeliveredOnce() throws Exception {
        List<DeliveryAttempt> attempts = new CopyOnWriteArrayList<>();
        rig.relay(attempt -> {
            attempts.add(attempt);
            return Result.delivered();
        });

        Message message = rig.add("model", "hello");

        rig.awaitState(message, "sent");
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).number()).isEqualTo(1);
        assertThat(attempts.get(0).message()).isEqualTo(message);
        assertThat(attempts.get(0).acceptedAt()).isNotNull();
        await().until(() -> rig.outcomes().equals(List.of(DeliveryOutcome.DELIVERED)));
    }

    @Test
    void message_whoseTransactionWasRolledBack_isNotDelivered() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        rig.relay(attempt -> {
            got.add(attempt.message().payload());
            return Result.delivered();
        });

        try (Connection connection = rig.database().getConnection()) {
            connection.setAutoCommit(false);
            Outbox.add(connection, rig.message("model", "never"));
            connection.rollback();
        }
        rig.awaitState(rig.add("model", "later"), "sent");

        assertThat(got).containsExactly("{\"text\": \"later\"}");
    }

    @Test
    void messages_ofOneKey_arriveOneByOneInTheirOrder() throws Exception {
        Destination destination = new Destination();
        for (int i = 0; i < 20; i++) {
            rig.add("one", "" + i);
        }
        rig.relay(destination);

        await().until(() -> destination.received("one").size() == 20);
        assertThat(destination.received("one"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(String::valueOf).toList());
        assertThat(destination.overlaps()).isEmpty();
    }

    @Test
    void messages_ofSeveralKeys_areDeliveredAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        rig.relay(attempt -> {
            both.await(10, TimeUnit.SECONDS);
            return Result.delivered();
        });

        Message one = rig.add("one", "1");
        Message two = rig.add("two", "2");

        rig.awaitState(one, "sent");
        rig.awaitState(two, "sent");
    }

    @Test
    void delivery_whileItRuns_holdsNoTransaction() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        rig.relay(attempt -> {
            delivering.countDown();
            goOn.await();
            return Result.delivered();
        });
        Message message = rig.add("model", "slow");
        assertThat(delivering.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(
                        rig.ask(
                                "select count(*) from pg_stat_activity where datname = 'messages' and state like 'idle in%' and pid <> pg_backend_pid()"))
                .isEqualTo("0");
        goOn.countDown();
        rig.awaitState(message, "sent");
    }

    @Test
    void message_thatTheDestinationRefuses_isDeadAfterTheLastAttemptAndItsKeyGoesOn() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        rig.relay(rig.plan().attempts(3), attempt -> {
            if (attempt.message().payload().contains("good")) {
                return Result.delivered();
            }
            attempts.incrementAndGet();
            return new Result.Refused(FailureKind.HTTP_ERROR, "no");
        });

        Message bad = rig.add("model", "bad");
        Message good = rig.add("model", "good");

        rig.awaitState(good, "sent");
        assertThat(rig.state(bad)).isEqualTo("dead");
        assertThat(attempts).hasValue(3);
        assertThat(rig.ask("select cause_kind || ' ' || cause_message || ' ' || refusals from mooring.outbox"
                        + " where message_id = '" + bad.id() + "'"))
                .isEqualTo("http_error no 3");
        await().until(() -> rig.outcomes().size() == 4);
        assertThat(rig.outcomes())
                .containsExactly(
                        DeliveryOutcome.REFUSED,
                        DeliveryOutcome.REFUSED,
                        DeliveryOutcome.DEAD,
                        DeliveryOutcome.DELIVERED);
    }

    @Test
    void message_whoseDeliveryMakesAMistake_isDeadAfterTheLastAttempt() throws Exception {
        rig.relay(rig.plan().attempts(2), attempt -> {
            throw new IllegalStateException("a mistake");
        });

        Message message = rig.add("model", "poison");

        rig.awaitState(message, "dead");
        assertThat(rig.ask("select cause_message from mooring.outbox where message_id = '" + message.id() + "'"))
                .isEqualTo("a mistake");
    }

    @Test
    void outage_howeverLong_countsNothing() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        rig.relay(rig.plan().attempts(2), attempt -> {
            int number = attempts.incrementAndGet();
            if (number == 3) {
                throw new DependencySaturatedException("destination", "full");
            }
            return number < 6 ? new Result.Later(FailureKind.CONNECTION_REFUSED, "away") : Result.delivered();
        });

        Message message = rig.add("model", "patient");

        rig.awaitState(message, "sent");
        assertThat(attempts).hasValue(6);
        assertThat(rig.ask("select refusals || ' ' || claims from mooring.outbox where message_id = '" + message.id()
                        + "'"))
                .isEqualTo("0 6");
    }

    @Test
    void destination_thatIsNotReady_isNotAskedAndThenWaitsEndAtOnce() throws Exception {
        AtomicBoolean ready = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        rig.relay(rig.plan().backoff(Backoff.exponential(Duration.ofMinutes(5))), new Switched(ready, attempt -> {
            if (attempts.incrementAndGet() == 1) {
                ready.set(false);
                return new Result.Later(FailureKind.CONNECTION_REFUSED, "away");
            }
            return Result.delivered();
        }));
        Message first = rig.add("one", "1");
        await().until(() -> rig.outcomes().contains(DeliveryOutcome.LATER));
        Message second = rig.add("two", "2");
        assertThat(rig.state(second)).isEqualTo("pending");
        assertThat(attempts).hasValue(1);

        ready.set(true);

        rig.awaitState(first, "sent");
        rig.awaitState(second, "sent");
    }

    @Test
    void recording_ofAnOutcome_isInTheSameTransaction() throws Exception {
        rig.server.admin().execute(OutboxRig.DATABASE, "create table if not exists noted (id uuid primary key)");
        AtomicInteger tries = new AtomicInteger();
        rig.relay(attempt -> new Result.Rejected(FailureKind.HTTP_ERROR, "never", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "insert into noted values ('" + attempt.message().id() + "')");
            }
            if (tries.incrementAndGet() < 3) {
                throw new SQLException("not yet");
            }
        }));

        Message message = rig.add("model", "rejected");

        rig.awaitState(message, "rejected");
        assertThat(rig.ask("select count(*) from noted where id = '" + message.id() + "'"))
                .isEqualTo("1");
        assertThat(tries).hasValue(3);
    }

    @Test
    void message_withADelay_isDeliveredWhenItIsOver() throws Exception {
        List<Long> at = new CopyOnWriteArrayList<>();
        rig.relay(attempt -> {
            at.add(System.nanoTime());
            return Result.delivered();
        });

        long added = System.nanoTime();
        Message message = rig.add(rig.message("model", "later").after(Duration.ofMillis(400)));

        rig.awaitState(message, "sent");
        assertThat(Duration.ofNanos(at.get(0) - added)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void figures_tellWhatWaitsAndWhatIsDead() throws Exception {
        rig.add("one", "1");
        rig.add("one", "2");
        rig.add(rig.message("two", "much later").after(Duration.ofHours(1)));
        Message dead = rig.add("three", "3");
        rig.server.admin().execute(OutboxRig.DATABASE, """
                update mooring.outbox set state = 'dead', leads = false, ended_at = now(), cause_kind = 'unknown'
                where message_id = '%s'""".formatted(dead.id()));
        Relay relay = rig.relay(new Switched(new AtomicBoolean(), attempt -> Result.delivered()));

        await().until(() -> relay.figures().isPresent());

        Figures figures = relay.figures().orElseThrow();
        assertThat(figures.pending()).isEqualTo(3);
        assertThat(figures.deadLetters()).isEqualTo(1);
        assertThat(figures.oldest()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
        assertThat(figures.destination()).isEqualTo(relay.destination());
    }

    @Test
    void endedMessages_areDeletedAfterTheirTimeAndDeadOnesStay() throws Exception {
        Message sent = rig.add("one", "1");
        Message dead = rig.add("two", "2");
        rig.server.admin().execute(OutboxRig.DATABASE, """
                update mooring.outbox set state = case message_id when '%s' then 'sent' else 'dead' end, leads = false,
                  ended_at = now() - interval '1 hour', cause_kind = 'unknown' where destination = '%s'""".formatted(sent.id(), rig.destination));

        rig.relay(rig.plan().kept(Duration.ofMinutes(10)), attempt -> Result.delivered());

        await().until(() -> rig.ask("select count(*) from mooring.outbox where message_id = '" + sent.id() + "'")
                .equals("0"));
        assertThat(rig.state(dead)).isEqualTo("dead");
    }
}
