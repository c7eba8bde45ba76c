package dev.mooring.applications.things;

import java.util.List;

/** The one job of every application, each by its own technology: it keeps names in the table {@code thing}. */
public interface Things {
    /** Adds a name in a transaction. */
    void add(String name);

    /**
     * Adds a name and throws afterwards, inside the transaction.
     *
     * @throws IllegalStateException always; the name must not stay
     */
    void addThenFail(String name);

    /** All names, in the order in which they were added. */
    List<String> names();
}
