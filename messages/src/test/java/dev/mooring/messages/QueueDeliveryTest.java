package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.queue.DelegatingQueue;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.NoQueue;
import dev.mooring.messages.queue.QueueDelivery;
import dev.mooring.time.Time;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueueDeliveryTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Dependency server =
            Dependency.named("redis").breaker(breaker -> breaker.failures(1)).build();
    private final Refusing queue = new Refusing();

    /** A queue that refuses some messages, and says in which rounds it got the others. */
    private static final class Refusing extends DelegatingQueue {
        final List<List<Envelope>> rounds = new ArrayList<>();

        Refusing() {
            super(new NoQueue("queue"));
        }

        @Override
        public List<Result> publish(List<Envelope> messages) {
            rounds.add(messages);
            return messages.stream().map(Refusing::result).toList();
        }

        private static Result result(Envelope message) {
            return switch (message.type()) {
                case "poison" -> new Result.Refused(FailureKind.PROTOCOL_ERROR, "too large");
                case "late" -> new Result.Later(FailureKind.OUT_OF_MEMORY, "OOM");
                default -> Result.delivered();
            };
        }

        List<List<String>> payloads() {
            return rounds.stream()
                    .map(round -> round.stream().map(Envelope::payload).toList())
                    .toList();
        }
    }

    private static DeliveryAttempt attempt(String key, String type, String payload) {
        Message message = new Message(OutboxRig.id(), "redis", key, type, payload).tracedBy(TRACE);
        return new DeliveryAttempt(message, Instant.EPOCH, 7, Time.system(), System.nanoTime() + 10_000_000_000L);
    }

    @Test
    void batch_isPublishedInRounds_andAKeyStopsAtItsFirstFailure() {
        List<DeliveryAttempt> batch = Stream.of(
                        attempt("a", "ok", "a1"),
                        attempt("a", "ok", "a2"),
                        attempt("b", "late", "b1"),
                        attempt("b", "ok", "b2"),
                        attempt("c", "poison", "c1"),
                        attempt("a", "ok", "a3"),
                        attempt("c", "ok", "c2"))
                .toList();
        try (Mooring mooring = Mooring.supervise(server)) {
            assertThat(mooring).isNotNull();
            List<Result> results = new QueueDelivery(queue, server, Time.system()).deliver(batch);

            assertThat(queue.payloads()).containsExactly(List.of("a1", "b1", "c1"), List.of("a2"), List.of("a3"));
            assertThat(results)
                    .containsExactly(
                            Result.delivered(),
                            Result.delivered(),
                            new Result.Later(FailureKind.OUT_OF_MEMORY, "OOM"),
                            Result.behind(),
                            new Result.Refused(FailureKind.PROTOCOL_ERROR, "too large"),
                            Result.delivered(),
                            Result.behind());
        }
        Envelope first = queue.rounds.get(0).get(0);
        assertThat(first.id()).isEqualTo(batch.get(0).message().id());
        assertThat(first.attempt()).isEqualTo(7);
        assertThat(first.time()).isEqualTo(Instant.EPOCH);
        assertThat(first.traceparent()).contains(TRACE);
    }

    @Test
    void refusal_whileTheBreakerIsOpen_doesNotCount() throws Exception {
        QueueDelivery delivery = new QueueDelivery(queue, server, Time.system());
        try (Mooring mooring = Mooring.supervise(server)) {
            assertThat(mooring).isNotNull();
            assertThat(delivery.isReady()).isTrue();
            assertThat(server.call(() -> {
                                throw new IOException("broken");
                            })
                            .orElse(() -> "refused"))
                    .isEqualTo("refused");

            assertThat(delivery.isReady()).isFalse();
            assertThat(delivery.deliver(List.of(attempt("key", "poison", "p"))))
                    .containsExactly(new Result.Later(FailureKind.PROTOCOL_ERROR, "too large"));
        }
    }
}
