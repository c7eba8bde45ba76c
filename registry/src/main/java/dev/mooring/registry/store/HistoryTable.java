package dev.mooring.registry.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history of the models. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class HistoryTable {
    private static final String OF_NAME = """
            from mooring.model_event e
            where e.origin = :origin and e.seq < :below
              and e.model_id in (select k.model_id from mooring.model_event k where k.origin = :origin and k.model = :name)
            """;

    private final JdbcClient database;

    /** A table that runs its statements with {@code database}. */
    public HistoryTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * The events of every model that has or had this name, newest first. A model that was renamed brings the events under its other names
     * with it; a deleted one keeps its events.
     */
    public List<StoredEvent> below(Origin origin, String name, long below, int limit) {
        return database.sql(
                        "select e.seq, e.at, e.actor, e.action, e.model, e.version, e.alias, e.registration_id, e.details "
                                + OF_NAME + " order by e.seq desc limit :limit")
                .param("origin", origin.value())
                .param("name", name)
                .param("below", below)
                .param("limit", limit)
                .query((row, n) -> Rows.event(row))
                .list();
    }

    /** Whether a model has or had this name. */
    public boolean knows(Origin origin, String name) {
        return database.sql("""
                        select exists (select from mooring.model_event where origin = :origin and model = :name)
                            or exists (select from mooring.model where origin = :origin and name = :name)""")
                .param("origin", origin.value())
                .param("name", name)
                .query(Boolean.class)
                .single();
    }
}
