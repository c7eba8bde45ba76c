package dev.mooring.registry.store;

import dev.mooring.spring.request.RequestMemory;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history of the models. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class HistoryTable {
    private static final String OF_NAME = """
            from mooring.model_event e
            where e.origin = :origin and e.seq < :below and e.at <= coalesce(cast(:until as timestamptz), 'infinity')
              and e.model_id in (select k.model_id from mooring.model_event k where k.origin = :origin and k.model = :name)
            """;

    /**
     * The model that had a name at a time: of all models that ever had the name and were there then, the one that had it then, else the one
     * that had it last, so that the name of today leads to a model that had another one then.
     */
    private static final String ALIASES_THEN = """
            with last_event as (
              select distinct on (e.model_id) e.model_id, e.model, e.action, e.seq
              from mooring.model_event e
              where e.origin = :origin and e.at <= :at
                and e.model_id in (select k.model_id from mooring.model_event k where k.origin = :origin and k.model = :name)
              order by e.model_id, e.seq desc
            ), then_there as (
              select model_id from last_event where action <> 'deleted' order by (model = :name) desc, seq desc limit 1
            ), last_of_alias as (
              select distinct on (e.alias) e.alias, e.action, e.version
              from mooring.model_event e join then_there t on t.model_id = e.model_id
              where e.origin = :origin and e.at <= :at and e.alias is not null
              order by e.alias, e.seq desc
            )
            select alias, version from last_of_alias where action = 'promoted' order by alias
            """;

    /** As a row of the database, and as a part of the answer. */
    private static final int BYTES_OF_AN_ALIAS = 2_000;

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
        return below(origin, name, below, limit, null);
    }

    /** The same, without the events after {@code until}; null for all. */
    public List<StoredEvent> below(Origin origin, String name, long below, int limit, @Nullable Instant until) {
        return database.sql(
                        "select e.seq, e.at, e.actor, e.action, e.model, e.version, e.alias, e.registration_id, e.details "
                                + OF_NAME + " order by e.seq desc limit :limit")
                .param("origin", origin.value())
                .param("name", name)
                .param("below", below)
                .param("limit", limit)
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, n) -> Rows.event(row))
                .list();
    }

    /** The version to which each alias of the model pointed at a time; empty if it had no alias, and if there was no such model then. */
    public SortedMap<String, Long> aliasesAt(Origin origin, String name, Instant at) {
        SortedMap<String, Long> aliases = new TreeMap<>();
        database.sql(ALIASES_THEN)
                .param("origin", origin.value())
                .param("name", name)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    RequestMemory.take(BYTES_OF_AN_ALIAS);
                    aliases.put(row.getString("alias"), row.getLong("version"));
                });
        return aliases;
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
