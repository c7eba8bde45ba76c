package dev.mooring.registry.store;

import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The versions in a mirror whose numbers MLflow gave again. It does that when it goes on from an older backup of its database. Callers use it in
 * the transaction that enters the new ones. Thread-safe.
 */
public final class RemadeVersions {
    private static final String DELETE = """
            with remade as (
              select v.model, v.version
              from jsonb_to_recordset(cast(:rows as jsonb)) as s (model text, version bigint, source text, tags jsonb,
                                                                          created timestamptz)
              join mooring.model_version v on v.origin = :origin and v.model = s.model and v.version = s.version
              where v.created_at <> s.created
                and (v.source <> s.source
                     or v.tags ->> 'mooring.registration_id' <> s.tags ->> 'mooring.registration_id')
            ), unaliased as (
              delete from mooring.model_alias a using remade r
              where a.origin = :origin and a.model = r.model and a.version = r.version
              returning a.model, a.version, a.alias
            ), deleted as (
              delete from mooring.model_version v using remade r
              where v.origin = :origin and v.model = r.model and v.version = r.version
              returning v.model, v.version
            )
            insert into mooring.model_event (origin, model, model_id, action, version, alias, actor)
            select :origin, e.model, m.model_id, e.action, e.version, e.alias, :actor
            from (select model, version, 'alias_removed' as action, alias from unaliased
                  union all select model, version, 'version_deleted', null from deleted) e
            join mooring.model m on m.origin = :origin and m.name = e.model
            order by e.model, e.version, e.action
            """;

    private final JdbcClient database;

    /** Deletes from the tables of {@code database}. */
    public RemadeVersions(JdbcClient database) {
        this.database = database;
    }

    /**
     * Deletes, with their aliases, the versions that were made at another time than these, from another source or by another request, so that
     * nothing of them becomes a part of these.
     *
     * @param rows versions with the members {@code model}, {@code version}, {@code source}, {@code tags} and {@code created}
     * @param actor who made the others, for the history
     */
    public void delete(Origin origin, Collection<? extends Map<String, ?>> rows, String actor) {
        int events = database.sql(DELETE)
                .param("origin", origin.value())
                .param("rows", KeptJson.text(rows))
                .param("actor", actor)
                .update();
        assert events >= 0;
    }
}
