package dev.mooring.event;

/**
 * Is told what happens. Each listener is called on a thread of its own ({@code mooring-events-N}), in order. The queue before it is
 * bounded: a listener that blocks loses the oldest of its events, and neither delays a verdict nor keeps anything from another one.
 */
@FunctionalInterface
public interface MooringListener {
    /** Takes one event; an exception is logged and ignored. */
    void on(MooringEvent event);
}
