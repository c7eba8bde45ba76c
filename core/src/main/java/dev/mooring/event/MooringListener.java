package dev.mooring.event;

/**
 * Receives what happens to dependencies. Each listener has a thread of its own ({@code mooring-events-N}) and receives the events
 * in order. A bounded queue holds up to 4,096 events for it: a listener that blocks loses its own oldest events, and delays neither
 * a verdict nor another listener.
 */
@FunctionalInterface
public interface MooringListener {
    /** Takes one event. Mooring logs what it throws, and goes on. */
    void on(MooringEvent event);
}
