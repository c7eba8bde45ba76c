package dev.mooring.operations.queues;

import dev.mooring.messages.Backlog;
import dev.mooring.messages.Figures;
import dev.mooring.spring.health.DetailSection;
import dev.mooring.spring.json.JsonObject;
import java.util.List;

/** The member {@code queues} of {@code /health/detailed}: the figures of each destination, as last read. */
final class QueueSection implements DetailSection {
    private final List<Backlog> backlogs;

    QueueSection(List<Backlog> backlogs) {
        this.backlogs = backlogs;
    }

    @Override
    public String name() {
        return "queues";
    }

    @Override
    public JsonObject read() {
        return new JsonObject()
                .each(
                        backlogs.stream().flatMap(backlog -> backlog.figures().stream()),
                        (all, one) -> all.put(one.destination(), queue(one)));
    }

    private static JsonObject queue(Figures figures) {
        return new JsonObject()
                .put("pending", figures.pending())
                .put("oldest_seconds", figures.oldest().toSeconds())
                .put("dead_letters", figures.deadLetters());
    }
}
