package dev.mooring.registry.store;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events that it takes, also those of transactions that were rolled back. Thread-safe. */
public final class RecordedEvents implements ModelEvents {
    private final List<ModelEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public boolean areWanted() {
        return true;
    }

    @Override
    public void add(ModelEvent event) {
        events.add(event);
    }

    @Override
    public ModelEvents in(Connection transaction, Optional<String> traceparent) {
        return this;
    }

    /** What came so far, a line for each: {@code registered churn 1}, {@code promoted churn 2 to champion from 1}. */
    public List<String> lines() {
        return events.stream().map(RecordedEvents::line).toList();
    }

    /** What came so far. */
    public List<ModelEvent> all() {
        return List.copyOf(events);
    }

    private static String line(ModelEvent event) {
        String version = event.name() + " " + event.version();
        return event.promotion()
                .map(to -> "promoted " + version + " to " + (to.alias() == null ? to.stage() : to.alias()) + " from "
                        + to.fromVersion())
                .orElse("registered " + version);
    }
}
