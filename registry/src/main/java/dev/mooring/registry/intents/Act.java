package dev.mooring.registry.intents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator may order of a breaker. */
public enum Act {
    /** Refuses all calls, until the order expires. */
    OPEN,
    /** Admits all calls whatever the evidence, until the order expires. */
    BYPASS,
    /** Ends what is in force and admits calls; the evidence may open the breaker again. */
    CLOSE,
    /** As {@link #CLOSE}, and forgets the recoveries that failed. */
    RESET;

    /** The name in paths, in the audit and in the table. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The act of that name. */
    public static Optional<Act> of(String code) {
        return Arrays.stream(values()).filter(act -> act.code().equals(code)).findFirst();
    }

    /** Whether it holds for a time; else it is done at once and over. */
    public boolean lasts() {
        return this == OPEN || this == BYPASS;
    }
}
