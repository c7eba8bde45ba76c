package dev.mooring.operations.orders;

import dev.mooring.failure.Coded;
import java.util.Optional;

/** The orders that an operator may give to a breaker. Paths, the audit and the table hold the code. */
public enum OrderKind implements Coded {
    /** Refuses all calls, until the order expires. */
    OPEN,
    /** Admits all calls whatever the evidence, until the order expires. */
    BYPASS,
    /** Ends the order in force and admits calls; new evidence may open the breaker again. */
    CLOSE,
    /** As {@link #CLOSE}; also sets the number of failed recoveries to 0. */
    RESET;

    /** The kind with that code; empty if there is none. */
    public static Optional<OrderKind> of(String code) {
        return Coded.find(OrderKind.class, code);
    }

    /** Whether an order of this kind holds for a time. Any other changes the breaker once. */
    public boolean lasts() {
        return this == OPEN || this == BYPASS;
    }
}
