package dev.mooring.operations.queues;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.messages.Backlog;
import dev.mooring.messages.Figures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The meters of all queues, which have the value 0 before the first message. Thread-safe. */
final class QueueMeters {
    private final MeterRegistry registry;

    QueueMeters(List<Backlog> backlogs, MeterRegistry registry) {
        this.registry = registry;
        backlogs.forEach(this::register);
    }

    /** Counts the end of a delivery. This is no listener by its type, because supervision begins with all beans that are. */
    void on(MooringEvent event) {
        if (event instanceof DeliveryEnded delivery) {
            deliveries(delivery.dependency(), delivery.outcome()).increment();
        }
    }

    private void register(Backlog backlog) {
        gauge(
                backlog,
                "mooring.outbox.pending",
                "Messages that wait or are on their way, of all instances.",
                Figures::pending);
        gauge(
                backlog,
                "mooring.outbox.oldest.seconds",
                "How long the oldest message that may be delivered has waited.",
                figures -> figures.oldest().toMillis() / 1e3);
        gauge(
                backlog,
                "mooring.dead.letters",
                "Messages that ended undelivered after their last attempt, of all instances.",
                Figures::deadLetters);
        for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
            deliveries(backlog.destination(), outcome).increment(0);
        }
    }

    private void gauge(Backlog backlog, String name, String what, ToDoubleFunction<Figures> value) {
        Gauge.builder(name, backlog, one -> one.figures()
                        .map(value::applyAsDouble)
                        .orElse(0.0))
                .description(what)
                .tag("destination", backlog.destination())
                .register(registry);
    }

    private Counter deliveries(String destination, DeliveryOutcome outcome) {
        return Counter.builder("mooring.deliveries")
                .description("Attempts of this instance to deliver a message.")
                .tag("destination", destination)
                .tag("outcome", outcome.code())
                .register(registry);
    }
}
