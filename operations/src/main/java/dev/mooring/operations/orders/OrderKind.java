package dev.mooring.operations.orders;

import dev.mooring.failure.Coded;
import java.util.Optional;

/** What an operator may order of a breaker. The code stands in paths, in the audit and in the table. */
public enum OrderKind implements Coded {
    /** Refuses all calls, until the order expires. */
    OPEN,
    /** Admits all calls whatever the evidence, until the order expires. */
    BYPASS,
    /** Ends what is in force and admits calls; the evidence may open the breaker again. */
    CLOSE,
    /** As {@link #CLOSE}, and forgets the recoveries that failed. */
    RESET;

    /** The kind of that code. */
    public static Optional<OrderKind> of(String code) {
        return Coded.find(OrderKind.class, code);
    }

    /** Whether such an order holds for a time. Otherwise it changes the breaker once. */
    public boolean lasts() {
        return this == OPEN || this == BYPASS;
    }
}
