package dev.mooring.messages.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a queue does that keeps messages. */
public abstract class KeepingQueueContract extends MessageQueueContract {
    private static final Reader ONE = reader("group", "one");
    private static final Reader TWO = reader("group", "two");

    @Test
    void messages_reachEachGroupOnceInTheirOrder_asTheyWerePublished() throws Exception {
        List<Envelope> first = messages(3);
        queue.publish(first);
        List<Received> received = new ArrayList<>(queue.receive(ONE, 2, WAIT));
        received.addAll(queue.receive(ONE, 10, WAIT));
        List<Envelope> later = messages(2);
        queue.publish(later);
        received.addAll(queue.receive(TWO, 10, WAIT));
        List<Envelope> all = new ArrayList<>(first);
        all.addAll(later);

        assertThat(received.stream().map(Received::envelope)).containsExactlyElementsOf(all);
        assertThat(received).allMatch(message -> message.deliveries() == 1);
        assertThat(queue.receive(reader("other", "one"), 10, WAIT).stream().map(Received::envelope))
                .containsExactlyElementsOf(all);
    }

    @Test
    void message_thatIsAcknowledged_doesNotComeAgain_andOneThatIsNot_comesToAnotherConsumer() throws Exception {
        List<Envelope> messages = messages(4);
        queue.publish(messages);
        List<Received> received = queue.receive(ONE, 10, WAIT);
        queue.acknowledge(ONE, received.subList(0, 1));

        List<Received> again = receive(TWO, 3);

        assertThat(again.stream().map(Received::envelope)).containsExactlyElementsOf(messages.subList(1, 4));
        assertThat(again).allMatch(message -> message.deliveries() == 2);
        assertThat(queue.extend(ONE, received)).isEmpty();
        queue.acknowledge(TWO, again);
        assertThat(queue.depth().pending()).isZero();
        assertThat(queue.receive(ONE, 10, LEASE.multipliedBy(2))).isEmpty();
    }

    @Test
    void message_thatIsGivenBack_comesToAnotherConsumerAtOnce_asIfItWereNew() throws Exception {
        Reader patient = new Reader("group", "patient", Duration.ofMinutes(1));
        Reader other = new Reader("group", "other", Duration.ofMinutes(1));
        queue.publish(messages(1));
        List<Received> received = queue.receive(patient, 10, WAIT);

        queue.giveBack(patient, received);

        List<Received> again = queue.receive(other, 10, WAIT);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).deliveries()).isEqualTo(1);
        queue.giveBack(patient, received);
        assertThat(queue.receive(patient, 10, WAIT)).isEmpty();
    }

    @Test
    void lease_thatIsExtended_keepsTheMessageFromOthers() throws Exception {
        queue.publish(messages(1));
        List<Received> received = queue.receive(ONE, 10, WAIT);

        for (int i = 0; i < 4; i++) {
            assertThat(queue.receive(TWO, 10, LEASE.dividedBy(2))).isEmpty();
            assertThat(queue.extend(ONE, received)).isEqualTo(received);
        }
        queue.acknowledge(ONE, received);
    }

    @Test
    void message_thatDies_isKeptWithItsCause_untilItIsReplayedOrDiscarded() throws Exception {
        List<Envelope> messages = messages(3);
        queue.publish(messages);
        List<Received> received = queue.receive(ONE, 10, WAIT);
        received.forEach(one -> queue.deadLetter(ONE, one, cause("cannot " + one.place())));

        List<DeadMessage> dead = queue.deadLetters("", 2);
        dead = new ArrayList<>(dead);
        dead.addAll(queue.deadLetters(dead.get(1).place(), 10));

        assertThat(dead.stream().map(DeadMessage::envelope)).containsExactlyElementsOf(messages);
        assertThat(dead.get(0).group()).isEqualTo("group");
        assertThat(dead.get(0).deliveries()).isEqualTo(1);
        assertThat(dead.get(0).cause().message())
                .isEqualTo("cannot " + received.get(0).place());
        assertThat(dead.get(0).cause().kind().code()).isEqualTo("protocol_error");
        assertThat(queue.depth().deadLetters()).isEqualTo(3);
        assertThat(queue.depth().pending()).isZero();
        assertThat(queue.receive(TWO, 10, LEASE.multipliedBy(2))).isEmpty();

        assertThat(queue.replay(dead.get(0).place())).isTrue();
        assertThat(queue.discard(dead.get(1).place())).isTrue();

        assertThat(queue.replay(dead.get(0).place())).isFalse();
        assertThat(queue.discard(dead.get(1).place())).isFalse();
        List<Received> again = queue.receive(TWO, 10, WAIT);
        assertThat(ids(again)).containsExactly(messages.get(0).id());
        assertThat(again.get(0).deliveries()).isEqualTo(1);
        assertThat(queue.depth().deadLetters()).isEqualTo(1);
    }

    @Test
    void depth_countsWhatGroupsHaveNotAcknowledged_andWithoutAGroupAllMessages() throws Exception {
        assertThat(queue.depth().pending()).isZero();
        queue.publish(messages(3));
        assertThat(queue.depth().pending()).isEqualTo(3);

        List<Received> received = queue.receive(ONE, 2, WAIT);
        assertThat(queue.depth().pending()).isEqualTo(3);
        queue.acknowledge(ONE, received);
        assertThat(queue.depth().pending()).isEqualTo(1);
        assertThat(queue.receive(reader("other", "one"), 1, WAIT)).hasSize(1);
        assertThat(queue.depth().pending()).isEqualTo(4);
        await().untilAsserted(() ->
                assertThat(queue.depth().oldest()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    @Test
    void consumers_ofOneGroup_shareTheMessages() throws Exception {
        assertThat(queue.receive(ONE, 1, Duration.ZERO)).isEmpty();
        List<CompletableFuture<List<UUID>>> all = new ArrayList<>();
        for (Reader reader : List.of(
                new Reader("group", "a", Duration.ofMinutes(1)), new Reader("group", "b", Duration.ofMinutes(1)))) {
            all.add(CompletableFuture.supplyAsync(() -> drain(reader)));
        }
        List<Envelope> messages = messages(100);
        for (int i = 0; i < 100; i += 10) {
            queue.publish(messages.subList(i, i + 10));
        }

        List<UUID> received = new ArrayList<>();
        for (CompletableFuture<List<UUID>> one : all) {
            received.addAll(one.get(20, TimeUnit.SECONDS));
        }
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(
                        messages.stream().map(Envelope::id).toList());
    }

    private List<UUID> drain(Reader reader) {
        List<UUID> ids = new ArrayList<>();
        try {
            for (int empty = 0; empty < 3; empty++) {
                List<Received> some = queue.receive(reader, 7, Duration.ofMillis(300));
                ids.addAll(ids(some));
                queue.acknowledge(reader, some);
                empty = some.isEmpty() ? empty : -1;
            }
            return ids;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void receive_whileItWaits_returnsWhenAMessageComes() throws Exception {
        assertThat(queue.receive(ONE, 1, Duration.ZERO)).isEmpty();
        CompletableFuture<List<Received>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return receive(ONE);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });

        queue.publish(messages(1));

        assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void tidy_deletesNothingThatAGroupNeeds() throws Exception {
        queue.publish(messages(3));
        queue.acknowledge(ONE, queue.receive(ONE, 1, WAIT));
        Reader patient = new Reader("group", "patient", Duration.ofMinutes(1));
        assertThat(queue.receive(patient, 1, WAIT)).hasSize(1);

        queue.tidy();

        assertThat(queue.receive(reader("other", "one"), 10, WAIT)).hasSize(3);
        assertThat(receive(TWO)).hasSize(1);
        assertThat(queue.depth().pending()).isEqualTo(5);
    }

    /** Receives until something comes. */
    protected List<Received> receive(Reader reader) throws InterruptedException {
        return receive(reader, 1);
    }

    /** Receives until so many came. */
    protected List<Received> receive(Reader reader, int count) throws InterruptedException {
        List<Received> some = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (some.size() < count && System.nanoTime() - end < 0) {
            some.addAll(queue.receive(reader, 10, WAIT));
        }
        return some;
    }
}
