package dev.mooring.messages.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Result;
import dev.mooring.postgres.id.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every queue does, also one that keeps nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MessageQueueContract {
    protected static final Duration LEASE = Duration.ofMillis(300);
    protected static final Duration WAIT = Duration.ofMillis(200);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    protected final MessageQueue queue = queue("queue-" + NUMBER.incrementAndGet());

    /** A queue on the server of the test class. */
    protected abstract MessageQueue queue(String name);

    protected static Envelope message(String text) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new Envelope(
                UuidV7.at(now.toEpochMilli()),
                "model.registered",
                now,
                3,
                "{\"text\": \"" + text + "\",  \"a\":1}",
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    protected static List<Envelope> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> message("" + i)).toList();
    }

    protected static Reader reader(String group, String consumer) {
        return new Reader(group, consumer, LEASE);
    }

    protected static Failure cause(String message) {
        return new Failure(FailureKind.PROTOCOL_ERROR, message, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void publish_givesOneOutcomeForEachMessage() {
        assertThat(queue.publish(messages(3))).hasSize(3).allMatch(Result.Delivered.class::isInstance);
        assertThat(queue.publish(List.of())).isEmpty();
    }

    @Test
    void receive_whileThereIsNothing_waitsNoLongerThanAsked() throws Exception {
        long begun = System.nanoTime();

        assertThat(queue.receive(reader("group", "one"), 10, WAIT)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(WAIT.minusMillis(20), WAIT.plusSeconds(5));
    }

    @Test
    void unknownMessages_canBeAcknowledgedExtendedAndGivenBack_withoutEffect() throws Exception {
        Reader reader = reader("group", "one");
        assertThat(queue.receive(reader, 1, Duration.ZERO)).isEmpty();
        List<Received> unknown = List.of(new Received(message("unknown"), unknownPlace(), 1));

        queue.acknowledge(reader, unknown);
        queue.giveBack(reader, unknown);

        assertThat(queue.extend(reader, unknown)).isEmpty();
        assertThat(queue.replay(unknownPlace())).isFalse();
        assertThat(queue.discard("no place at all")).isFalse();
        assertThat(queue.deadLetters("", 10)).isEmpty();
        assertThat(queue.depth().deadLetters()).isZero();
    }

    /** A place of the right form. */
    protected String unknownPlace() {
        return "99";
    }

    protected static List<UUID> ids(List<Received> messages) {
        return messages.stream().map(message -> message.envelope().id()).toList();
    }
}
