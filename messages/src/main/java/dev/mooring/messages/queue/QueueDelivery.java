package dev.mooring.messages.queue;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.DeliveryAttempt;
import dev.mooring.messages.Message;
import dev.mooring.messages.Result;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes messages from the outbox into a queue. It publishes a batch in rounds, each with one message of each key, so that no message is in
 * the queue before an earlier one of its key is. It waits while the breaker of the queue's server is open. Thread-safe.
 */
public final class QueueDelivery implements Delivery {
    private final MessageQueue queue;
    private final Dependency server;
    private final Time time;

    /** @param server the dependency whose breaker refuses calls to the queue */
    public QueueDelivery(MessageQueue queue, Dependency server, Time time) {
        this.queue = queue;
        this.server = server;
        this.time = time;
    }

    @Override
    public boolean isReady() {
        BreakerState state = server.breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }

    @Override
    public List<Result> deliver(List<DeliveryAttempt> batch) {
        List<Result> results = new ArrayList<>(Collections.nCopies(batch.size(), Result.behind()));
        Map<String, Deque<Integer>> lines = lines(batch);
        Duration left = batch.stream()
                .map(DeliveryAttempt::left)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        try (Deadline.Scope bounded = Deadline.in(left, time).open()) {
            while (!lines.isEmpty()) {
                List<Integer> round =
                        lines.values().stream().map(Deque::removeFirst).toList();
                List<Result> ends = publish(round.stream().map(batch::get).toList());
                for (int i = 0; i < ends.size(); i++) {
                    results.set(round.get(i), ends.get(i));
                }
                lines.values().removeIf(Deque::isEmpty);
                round.stream()
                        .filter(place -> !results.get(place).ends())
                        .forEach(
                                place -> lines.remove(batch.get(place).message().key()));
            }
        }
        return results;
    }

    /** The places of the messages of each key in the batch, in their order. */
    private static Map<String, Deque<Integer>> lines(List<DeliveryAttempt> batch) {
        Map<String, Deque<Integer>> lines = new LinkedHashMap<>();
        for (int place = 0; place < batch.size(); place++) {
            lines.computeIfAbsent(batch.get(place).message().key(), key -> new ArrayDeque<>())
                    .add(place);
        }
        return lines;
    }

    private List<Result> publish(List<DeliveryAttempt> round) {
        return queue.publish(round.stream().map(QueueDelivery::envelope).toList()).stream()
                .map(this::waiting)
                .toList();
    }

    private static Envelope envelope(DeliveryAttempt attempt) {
        Message message = attempt.message();
        return new Envelope(
                message.id(),
                message.type(),
                attempt.acceptedAt(),
                attempt.number(),
                message.payload(),
                message.traceparent());
    }

    /** A refusal counts only while the server is well. */
    private Result waiting(Result result) {
        return result instanceof Result.Refused refused && !isReady()
                ? new Result.Later(refused.kind(), refused.message())
                : result;
    }
}
