package dev.mooring.messages.queue;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.thread.OutOfMemory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt to process a message, on the thread that calls it, and tells the queue. Thread-safe. */
final class Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    private final ConsumerPlan plan;
    private final MessageQueue queue;
    private final Handler handler;
    private final BooleanSupplier ending;
    private final RecentIds processed;

    /** @param ending whether the consumer ends, so that its handlers may fail because it interrupts them */
    Processor(ConsumerPlan plan, MessageQueue queue, Handler handler, BooleanSupplier ending) {
        this.ending = ending;
        this.plan = plan;
        this.queue = queue;
        this.handler = handler;
        this.processed = new RecentIds(plan.remembered());
    }

    /** How an attempt ended. */
    enum End {
        /** The queue knows that it is over. */
        DONE,
        /** Another attempt follows, and this one counts. */
        FAILED,
        /** Another attempt follows, and this one does not count. */
        AGAIN,
        /** Another consumer may hold the message. */
        LOST
    }

    End process(Lane.Held held) {
        Received message = held.message();
        UUID id = message.envelope().id();
        try {
            int before = message.deliveries() - 1 + held.failures();
            if (before >= plan.attempts()) {
                return dead(
                        message,
                        FailureKind.UNKNOWN,
                        "consumers received it " + message.deliveries() + " times and did not finish");
            }
            if (!processed.contains(id)) {
                handler.handle(message.envelope());
                processed.add(id);
            }
            queue.acknowledge(plan.reader(), List.of(message));
            return End.DONE;
        } catch (MooringException away) {
            LOG.info("{} {} waits: {}", message.envelope().type(), id, Failure.oneLine(away));
            return End.AGAIN;
        } catch (Throwable failed) {
            OutOfMemory.report(failed);
            return ending.getAsBoolean() ? End.AGAIN : failed(held, failed);
        }
    }

    private End failed(Lane.Held held, Throwable failed) {
        Received message = held.message();
        int attempt = message.deliveries() + held.failures();
        LOG.warn(
                "attempt {} of {} to process {} {} failed: {}",
                attempt,
                plan.attempts(),
                message.envelope().type(),
                message.envelope().id(),
                Failure.oneLine(failed),
                failed);
        return attempt < plan.attempts() ? End.FAILED : dead(message, FailureKind.UNKNOWN, Failure.oneLine(failed));
    }

    private End dead(Received message, FailureKind kind, String cause) {
        try {
            queue.deadLetter(plan.reader(), message, new Failure(kind, cause, Instant.now()));
            LOG.warn(
                    "{} {} is a dead letter: {}",
                    message.envelope().type(),
                    message.envelope().id(),
                    cause);
            return End.DONE;
        } catch (MooringException away) {
            LOG.info("{} is no dead letter yet: {}", message.envelope().id(), Failure.oneLine(away));
            return End.AGAIN;
        }
    }
}
