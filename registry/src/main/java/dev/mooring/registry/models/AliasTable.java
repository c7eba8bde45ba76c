package dev.mooring.registry.models;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The aliases in PostgreSQL. One statement makes each change and its entry in the history. Thread-safe. */
final class AliasTable {
    private static final String SET = """
            with changed as (
              insert into mooring.model_alias as a (model, alias, version)
              select model, :alias, version from mooring.model_version where model = :name and version = :version
              on conflict (model, alias) do update set version = excluded.version, set_at = excluded.set_at
                where a.version <> excluded.version
              returning a.model, a.alias, a.version, a.set_at
            ), touched as (
              update mooring.model m set updated_at = c.set_at from changed c where m.name = c.model
            )
            insert into mooring.model_event (model, action, version, alias, actor, at)
            select model, 'promoted', version, alias, :actor, set_at from changed
            """;

    private static final String REMOVE = """
            with removed as (
              delete from mooring.model_alias where model = :name and alias = :alias returning model, alias, version
            ), touched as (
              update mooring.model m set updated_at = clock_timestamp() from removed r where m.name = r.model
            )
            insert into mooring.model_event (model, action, version, alias, actor)
            select model, 'alias_removed', version, alias, :actor from removed
            """;

    private final Transactions transactions;
    private final JdbcClient database;

    AliasTable(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** Points the alias to a version; changes nothing if it points there already. False if there is no such version. */
    boolean set(String name, Alias alias, long version, String actor) {
        return transactions.write(() -> {
            int changed = database.sql(SET)
                    .param("name", name)
                    .param("alias", alias.value())
                    .param("version", version)
                    .param("actor", actor)
                    .update();
            return changed > 0 || pointsTo(name, alias, version);
        });
    }

    /** Removes the alias; false if there is none. */
    boolean remove(String name, Alias alias, String actor) {
        return transactions.write(() -> database.sql(REMOVE)
                        .param("name", name)
                        .param("alias", alias.value())
                        .param("actor", actor)
                        .update()
                > 0);
    }

    private boolean pointsTo(String name, Alias alias, long version) {
        return database.sql("""
                        select exists (select from mooring.model_alias
                                       where model = :name and alias = :alias and version = :version)""")
                .param("name", name)
                .param("alias", alias.value())
                .param("version", version)
                .query(Boolean.class)
                .single();
    }
}
