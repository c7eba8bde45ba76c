package dev.mooring.registry.store;

import java.sql.Connection;
import java.util.Optional;

/**
 * Takes registrations and promotions to other systems. An event is accepted in the transaction that makes it true, so other systems hear of
 * it exactly when that transaction commits. Thread-safe.
 */
public interface ModelEvents {
    /** Takes no event anywhere. */
    ModelEvents NONE = new ModelEvents() {
        @Override
        public boolean areWanted() {
            return false;
        }

        @Override
        public void add(ModelEvent event) {
            // No system wants it.
        }

        @Override
        public ModelEvents in(Connection transaction, Optional<String> traceparent) {
            return this;
        }
    };

    /** Whether a system wants events. Otherwise a caller need not read what an event says. */
    boolean areWanted();

    /** Accepts the event in the transaction of this thread. Add events last: transactions that add events of one model wait for each other. */
    void add(ModelEvent event);

    /**
     * The same, but it accepts events in the transaction of a connection that is not the one of this thread.
     *
     * @param traceparent the trace of the request that caused the events
     */
    ModelEvents in(Connection transaction, Optional<String> traceparent);
}
