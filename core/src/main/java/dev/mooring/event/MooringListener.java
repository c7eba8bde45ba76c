package dev.mooring.event;

/**
 * Is told what happens. Called on one thread of its own ({@code mooring-events}), in order; the queue before it is bounded and a
 * listener that blocks loses the oldest events, never delays a verdict.
 */
@FunctionalInterface
public interface MooringListener {
    /** Takes one event; an exception is logged and ignored. */
    void on(MooringEvent event);
}
