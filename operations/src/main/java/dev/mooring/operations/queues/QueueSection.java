package dev.mooring.operations.queues;

import dev.mooring.messages.Figures;
import dev.mooring.messages.Relay;
import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.json.JsonObject;
import java.util.List;

/** The member {@code queues} of {@code /health/detailed}: the figures of each destination, as last read. */
final class QueueSection implements DetailSection {
    private final List<Relay> relays;

    QueueSection(List<Relay> relays) {
        this.relays = relays;
    }

    @Override
    public String name() {
        return "queues";
    }

    @Override
    public JsonObject read() {
        return new JsonObject()
                .each(
                        relays.stream().flatMap(relay -> relay.figures().stream()),
                        (all, one) -> all.put(one.destination(), queue(one)));
    }

    private static JsonObject queue(Figures figures) {
        return new JsonObject()
                .put("pending", figures.pending())
                .put("oldest_seconds", figures.oldest().toSeconds())
                .put("dead_letters", figures.deadLetters());
    }
}
