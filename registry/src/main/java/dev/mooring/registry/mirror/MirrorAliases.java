package dev.mooring.registry.mirror;

import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The aliases in a mirror. Callers use it in a transaction that has locked their models. Thread-safe. */
final class MirrorAliases {
    /** Makes the aliases of models, or of one version, equal to what was seen. */
    private static final String PUT = """
            with seen as (
              select * from jsonb_to_recordset(cast(:rows as jsonb)) as s (model text, alias text, version bigint)
            ), removed as (
              delete from mooring.model_alias a
              where a.origin = :origin and (:version = 0 or a.version = :version)
                and a.model in (select name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name))
                and not exists (select from seen s where s.model = a.model and s.alias = a.alias)
              returning a.model, a.alias, a.version
            ), moved as (
              insert into mooring.model_alias as a (origin, model, alias, version)
              select :origin, s.model, s.alias, s.version
              from seen s join mooring.model_version v on v.origin = :origin and v.model = s.model and v.version = s.version
              on conflict (origin, model, alias) do update set version = excluded.version, set_at = excluded.set_at
                where a.version <> excluded.version
              returning a.model, a.alias, a.version
            ), news as (
              select 'alias_removed' as action, removed.* from removed union all select 'promoted', moved.* from moved
            )
            insert into mooring.model_event (origin, model, model_id, action, version, alias, actor)
            select :origin, n.model, m.model_id, n.action, n.version, n.alias, :actor
            from news n join mooring.model m on m.origin = :origin and m.name = n.model
            order by n.action, n.model, n.alias
            returning seq
            """;

    private final JdbcClient database;

    MirrorAliases(JdbcClient database) {
        this.database = database;
    }

    /**
     * These are all aliases of these models.
     *
     * @return the models with an alias of a version that the mirror does not know
     */
    Set<String> put(Origin origin, List<SeenModel> seen, String actor) {
        List<Map<String, Object>> rows = new ArrayList<>();
        seen.forEach(model -> model.aliases().forEach((alias, version) -> rows.add(row(model.name(), alias, version))));
        put(origin, seen.stream().map(SeenModel::name).toList(), 0, rows, actor);
        return database.sql("""
                        select distinct s.model
                        from jsonb_to_recordset(cast(:rows as jsonb)) as s (model text, alias text, version bigint)
                        where not exists (select from mooring.model_version v
                                          where v.origin = :origin and v.model = s.model and v.version = s.version)""")
                .param("origin", origin.value())
                .param("rows", KeptJson.text(rows))
                .query((row, n) -> row.getString(1))
                .set();
    }

    /** The aliases of the version are all that point to it. The mirror knows the version. */
    void put(Origin origin, SeenVersion version, String actor) {
        List<Map<String, Object>> rows = version.aliases().stream()
                .map(alias -> row(version.model(), alias, version.version()))
                .toList();
        put(origin, List.of(version.model()), version.version(), rows, actor);
    }

    /** Points an alias to a version; does nothing if the mirror does not know the version. The events that this made. */
    List<Long> set(Origin origin, String model, String alias, long version, String actor) {
        // No version has this number, so nothing is removed.
        return put(origin, List.of(model), -1, List.of(row(model, alias, version)), actor);
    }

    /** Removes an alias. How many events that made. */
    int remove(Origin origin, String model, String alias, String actor) {
        return database.sql("""
                        with removed as (
                          delete from mooring.model_alias where origin = :origin and model = :model and alias = :alias
                          returning model, alias, version
                        )
                        insert into mooring.model_event (origin, model, model_id, action, version, alias, actor)
                        select :origin, r.model, m.model_id, 'alias_removed', r.version, r.alias, :actor
                        from removed r join mooring.model m on m.origin = :origin and m.name = r.model""")
                .param("origin", origin.value())
                .param("model", model)
                .param("alias", alias)
                .param("actor", actor)
                .update();
    }

    private List<Long> put(
            Origin origin, Collection<String> names, long version, List<Map<String, Object>> rows, String actor) {
        return database.sql(PUT)
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .param("version", version)
                .param("rows", KeptJson.text(rows))
                .param("actor", actor)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    private static Map<String, Object> row(String model, String alias, long version) {
        return Map.of("model", model, "alias", alias, "version", version);
    }
}
