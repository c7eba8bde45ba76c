package dev.mooring.failure;

import java.util.Locale;

/** An enum whose constants have a code: the one name of a constant in bodies, metrics, log lines, paths and tables. */
public interface Coded {
    /** The name of the constant; every enum has this method. */
    String name();

    /** The stable name in snake case, for example {@code connection_refused} for {@code CONNECTION_REFUSED}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
