package dev.mooring.registry.store;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The aliases. One statement makes each change and its entry in the history. Callers use it in a transaction of {@link Transactions}.
 * Thread-safe.
 */
public final class AliasTable {
    /** The most aliases of a model; a mirror has as many as its server. Clients that set the last ones at the same time may set a few more. */
    public static final int MOST = 1_000;

    private static final String SET = """
            with changed as (
              insert into mooring.model_alias as a (origin, model, alias, version)
              select origin, model, :alias, version from mooring.model_version
              where origin = :origin and model = :model and version = :version
                and (exists (select from mooring.model_alias
                             where origin = :origin and model = :model and alias = :alias)
                     or (select count(*) from mooring.model_alias
                         where origin = :origin and model = :model) < :most)
              on conflict (origin, model, alias) do update set version = excluded.version, set_at = excluded.set_at
                where a.version <> excluded.version
              returning a.origin, a.model, a.alias, a.version, a.set_at
            ), touched as (
              update mooring.model m set updated_at = c.set_at from changed c
              where m.origin = c.origin and m.name = c.model
              returning m.model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, version, alias, actor, at)
            select origin, model, model_id, 'promoted', version, alias, :actor, set_at from changed, touched
            returning seq
            """;

    private static final String REMOVE = """
            with removed as (
              delete from mooring.model_alias where origin = :origin and model = :model and alias = :alias
              returning origin, model, alias, version
            ), touched as (
              update mooring.model m set updated_at = clock_timestamp() from removed r
              where m.origin = r.origin and m.name = r.model
              returning m.model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, version, alias, actor)
            select origin, model, model_id, 'alias_removed', version, alias, :actor from removed, touched
            """;

    private final JdbcClient database;
    private final HistoryEvents events;

    /** A table that runs its statements with {@code database}, for callers that promote no version. */
    public AliasTable(JdbcClient database) {
        this(database, ModelEvents.NONE);
    }

    /** A table that runs its statements with {@code database} and adds promotions to {@code events}. */
    public AliasTable(JdbcClient database, ModelEvents events) {
        this.database = database;
        this.events = new HistoryEvents(database, events);
    }

    /**
     * Points the alias to a version; changes nothing if it points there already. False if there is no such version.
     *
     * @throws LimitReachedException the model has {@link #MOST} other aliases
     */
    public boolean set(Origin origin, String model, Alias alias, long version, String actor) {
        while (true) {
            List<Long> changed = at(SET, origin, model, alias)
                    .param("version", version)
                    .param("actor", actor)
                    .param("most", origin.isTruth() ? MOST : Integer.MAX_VALUE)
                    .query((row, n) -> row.getLong(1))
                    .list();
            if (!changed.isEmpty()) {
                events.add(origin, changed);
                return true;
            }
            if (!exists(origin, model, version)) {
                return false;
            }
            Optional<Long> now = pointsTo(origin, model, alias);
            if (now.filter(number -> number == version).isPresent()) {
                return true;
            }
            if (now.isEmpty() && origin.isTruth() && count(origin, model) >= MOST) {
                throw LimitReachedException.aliases(MOST);
            }
            // Another client has made the version, or renamed its model, since the first statement began; or has moved
            // the alias.
        }
    }

    private long count(Origin origin, String model) {
        return database.sql("select count(*) from mooring.model_alias where origin = :origin and model = :model")
                .param("origin", origin.value())
                .param("model", model)
                .query(Long.class)
                .single();
    }

    private Optional<Long> pointsTo(Origin origin, String model, Alias alias) {
        return at(
                        "select version from mooring.model_alias where origin = :origin and model = :model and alias = :alias",
                        origin,
                        model,
                        alias)
                .query(Long.class)
                .optional();
    }

    private boolean exists(Origin origin, String model, long version) {
        return database.sql("""
                        select exists (select from mooring.model_version
                                       where origin = :origin and model = :model and version = :version)""")
                .param("origin", origin.value())
                .param("model", model)
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    /** Removes the alias; false if there is none. */
    public boolean remove(Origin origin, String model, Alias alias, String actor) {
        return at(REMOVE, origin, model, alias).param("actor", actor).update() > 0;
    }

    /** The version to which the alias points, with its aliases. */
    public Optional<StoredVersion> find(Origin origin, String model, Alias alias) {
        return at(VersionTable.COLUMNS_WITH_ALIASES + """
                         from mooring.model_version v
                        join mooring.model_alias p on p.origin = v.origin and p.model = v.model and p.version = v.version
                        where p.origin = :origin and p.model = :model and p.alias = :alias""", origin, model, alias)
                .query((row, n) -> Rows.version(row))
                .optional();
    }

    private JdbcClient.StatementSpec at(String sql, Origin origin, String model, Alias alias) {
        return database.sql(sql)
                .param("origin", origin.value())
                .param("model", model)
                .param("alias", alias.value());
    }
}
