package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator does with messages that died. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadLettersTest {
    private static TestPostgres server;
    private final Destination destination = new Destination();

    /** The texts that the destination refuses. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

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
    void poison_replayedAfterTheFix_isDeliveredAndTheAnswerSaysWhatCameAfterIt() throws Exception {
        refused.add("1");
        relay();
        Message dead = rig.add("model", "1");
        rig.awaitState(dead, "dead");
        rig.awaitState(rig.add("model", "2"), "sent");
        rig.add(rig.message("model", "much later").after(Duration.ofHours(1)));

        DeadLetter letter = find(dead).orElseThrow();
        assertThat(letter.causeKind()).isEqualTo("http_error");
        assertThat(letter.causeMessage()).isEqualTo("no");
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.history()).hasSize(2);
        assertThat(letter.history().get(1).at())
                .isBetween(letter.createdAt(), letter.diedAt().plusSeconds(1));
        assertThat(letter.waiting()).isEqualTo(1);
        assertThat(later(letter)).isEqualTo(1);
        assertThat(page(Long.MAX_VALUE)).containsExactly(letter);

        refused.clear();
        assertThat(replay(dead)).contains(letter);

        rig.awaitState(dead, "sent");
        assertThat(destination.received("model")).containsExactly("2", "1");
        assertThat(replay(dead)).isEmpty();
        assertThat(stateOf(dead)).contains("sent");
        assertThat(leaders()).isEqualTo("1");
    }

    @Test
    void replay_ofAKeyWhoseMessagesWait_goesBeforeThem() throws Exception {
        refused.add("1");
        Message dead;
        try (Relay relay = rig.relay(rig.plan().attempts(1), this::answer)) {
            dead = rig.add("model", "1");
            rig.awaitState(dead, "dead");
            assertThat(relay.destination()).isEqualTo(rig.destination);
        }
        Message second = rig.add("model", "2");
        refused.clear();

        assertThat(replay(dead)).isPresent();
        assertThat(leaders()).isEqualTo("1");
        rig.relay(rig.plan(), this::answer);

        rig.awaitState(second, "sent");
        assertThat(destination.received("model")).containsExactly("1", "2");
    }

    @Test
    void replay_whileAnotherMessageOfItsKeyIsOnItsWay_waitsForItAndThenLeads() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        refused.add("1");
        rig.batches(
                rig.plan().attempts(1).batch(10),
                Delivery.each(attempt -> {
                    boolean held = Destination.textOf(attempt.message()).equals("2") && first.getAndSet(false);
                    if (held) {
                        delivering.countDown();
                        goOn.await();
                        return new Result.Later(FailureKind.CONNECTION_LOST, "away");
                    }
                    return answer(attempt);
                }),
                rig.database());
        Message dead = rig.add("model", "1");
        rig.awaitState(dead, "dead");
        Message second = rig.add("model", "2");
        assertThat(delivering.await(10, TimeUnit.SECONDS)).isTrue();
        refused.clear();

        assertThat(replay(dead)).isPresent();
        assertThat(leaders()).isEqualTo("1");
        assertThat(rig.state(dead)).isEqualTo("pending");
        goOn.countDown();

        rig.awaitState(second, "sent");
        assertThat(destination.received("model")).containsExactly("1", "2");
        assertThat(destination.overlaps()).isEmpty();
    }

    @Test
    void page_byDestination_isNewestFirstAndBoundedInBytes() throws Exception {
        refused.addAll(Set.of("a", "b", "c"));
        relay();
        Message a = rig.add("a", "a");
        Message b = rig.add("b", "b");
        Message c = rig.add("c", "c");
        for (Message one : List.of(a, b, c)) {
            rig.awaitState(one, "dead");
        }

        List<DeadLetter> all = page(Long.MAX_VALUE);
        assertThat(all).extracting(DeadLetter::id).containsExactly(c.id(), b.id(), a.id());
        assertThat(page(all.get(0).seq())).hasSize(2);
        assertThat(page("another", Long.MAX_VALUE, 1_000)).isEmpty();
        assertThat(page(rig.destination, Long.MAX_VALUE, 1)).hasSize(2);
    }

    @Test
    void discard_deletesADeadLetterAndNothingElse() throws Exception {
        refused.add("1");
        relay();
        Message dead = rig.add("model", "1");
        rig.awaitState(dead, "dead");
        Message sent = rig.add("model", "2");
        rig.awaitState(sent, "sent");

        assertThat(discard(sent)).isEmpty();
        assertThat(discard(dead)).isPresent();

        assertThat(stateOf(dead)).isEmpty();
        assertThat(rig.state(sent)).isEqualTo("sent");
        assertThat(discard(dead)).isEmpty();
    }

    private void relay() {
        rig.relay(rig.plan().attempts(2), this::answer);
    }

    private Result answer(DeliveryAttempt attempt) {
        return refused.contains(Destination.textOf(attempt.message()))
                ? new Result.Refused(FailureKind.HTTP_ERROR, "no")
                : destination.deliver(attempt);
    }

    private Optional<DeadLetter> find(Message message) throws SQLException {
        return Work.transact(rig.database(), connection -> DeadLetters.find(connection, message.id()));
    }

    private Optional<DeadLetter> replay(Message message) throws SQLException {
        return Work.transact(rig.database(), connection -> DeadLetters.replay(connection, message.id()));
    }

    private Optional<DeadLetter> discard(Message message) throws SQLException {
        return Work.transact(rig.database(), connection -> DeadLetters.discard(connection, message.id()));
    }

    private Optional<String> stateOf(Message message) throws SQLException {
        return Work.transact(rig.database(), connection -> DeadLetters.stateOf(connection, message.id()));
    }

    private long later(DeadLetter letter) throws SQLException {
        return Work.transact(rig.database(), connection -> DeadLetters.later(connection, letter));
    }

    private List<DeadLetter> page(long below) throws SQLException {
        return page(rig.destination, below, 1_000_000);
    }

    private List<DeadLetter> page(String to, long below, long bytes) throws SQLException {
        return Work.transact(
                rig.database(), connection -> DeadLetters.page(connection, Optional.of(to), below, 10, bytes));
    }

    private String leaders() throws SQLException {
        return rig.ask("select count(*) from mooring.outbox where state = 'pending' and leads and destination = '"
                + rig.destination + "'");
    }
}
