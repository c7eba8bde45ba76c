package dev.mooring.registry.mirror;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.RemadeVersions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of versions in a mirror. Callers use it in a transaction that has locked their models. Thread-safe. */
final class MirrorVersions {
    private static final String PUT = """
            with seen as (
              select s.*, m.model_id
              from jsonb_to_recordset(cast(:rows as jsonb))
                as s (model text, version bigint, source text, run_id text, run_link text, description text, tags jsonb,
                      stage text, created timestamptz, updated timestamptz)
              join mooring.model m on m.origin = :origin and m.name = s.model
            ), old as (
              select v.model, v.version, v.current_stage
              from mooring.model_version v join seen s on v.origin = :origin and v.model = s.model and v.version = s.version
            ), put as (
              insert into mooring.model_version as v (origin, model, version, source, run_id, run_link, description, tags,
                                                      current_stage, registered_by, created_at, last_updated)
              select :origin, model, version, source, run_id, run_link, description, tags, stage, :actor, created, updated
              from seen
              on conflict (origin, model, version) do update
                set source = excluded.source, run_id = excluded.run_id, run_link = excluded.run_link,
                    description = excluded.description, tags = excluded.tags, current_stage = excluded.current_stage,
                    created_at = excluded.created_at, last_updated = excluded.last_updated
                where row (v.source, v.run_id, v.run_link, v.description, v.tags, v.current_stage, v.created_at, v.last_updated)
                  is distinct from row (excluded.source, excluded.run_id, excluded.run_link, excluded.description, excluded.tags,
                                        excluded.current_stage, excluded.created_at, excluded.last_updated)
              returning v.model
            ), remembered as (
              insert into mooring.model_event (origin, model, model_id, action, version, actor, details)
              select :origin, s.model, s.model_id,
                     case when o.version is null then 'registered' else 'stage_changed' end, s.version, :actor,
                     case when o.version is null then '{}'
                          else jsonb_build_object('from', o.current_stage, 'to', s.stage) end
              from seen s left join old o on o.model = s.model and o.version = s.version
              where o.version is null or o.current_stage <> s.stage
              order by s.model, s.version
            )
            select distinct s.model from seen s left join old o on o.model = s.model and o.version = s.version
            where o.version is null
            """;

    /** Versions that stand before the newest of their stage, as MLflow named it. */
    private static final String CONTRADICTING = """
            select distinct v.model from mooring.model_version v
            left join jsonb_to_recordset(cast(:rows as jsonb)) as s (model text, version bigint, stage text)
              on s.model = v.model and s.stage = v.current_stage
            where v.origin = :origin and v.version > coalesce(s.version, 0)
              and v.model in (select name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name))
            """;

    private final JdbcClient database;
    private final RemadeVersions remade;

    MirrorVersions(JdbcClient database) {
        this.database = database;
        this.remade = new RemadeVersions(database);
    }

    /**
     * Writes the rows of models that exist. Events of {@code actor} say what is new.
     *
     * @return the models that got a version that the mirror did not know
     */
    Set<String> put(Origin origin, List<SeenVersion> seen, String actor) {
        if (seen.isEmpty()) {
            return Set.of();
        }
        List<Map<String, Object>> rows = seen.stream().map(SeenVersion::row).toList();
        remade.delete(origin, rows, Mirror.MLFLOW);
        return database.sql(PUT)
                .param("origin", origin.value())
                .param("rows", KeptJson.text(rows))
                .param("actor", actor)
                .query((row, n) -> row.getString(1))
                .set();
    }

    private static String rows(List<SeenVersion> seen) {
        return KeptJson.text(seen.stream().map(SeenVersion::row).toList());
    }

    /** Those of these models whose rows cannot be true if {@code latest} are the newest versions of their stages. */
    Set<String> contradicting(Origin origin, Collection<String> names, List<SeenVersion> latest) {
        return database.sql(CONTRADICTING)
                .param("origin", origin.value())
                .param("rows", rows(latest))
                .param("names", KeptJson.text(names))
                .query((row, n) -> row.getString(1))
                .set();
    }

    /** The mirror knows the version and its aliases. */
    void confirm(Origin origin, SeenVersion version, Instant sent) {
        int confirmed = database.sql("""
                        update mooring.model_version set confirmed_at = :sent
                        where origin = :origin and model = :model and version = :version""")
                .param("origin", origin.value())
                .param("model", version.model())
                .param("version", version.version())
                .param("sent", Timestamps.parameter(sent))
                .update();
        assert confirmed == 1;
    }

    /** The numbers of the versions of a model. */
    Set<Long> numbers(Origin origin, String model) {
        return database.sql("select version from mooring.model_version where origin = :origin and model = :model")
                .param("origin", origin.value())
                .param("model", model)
                .query((row, n) -> row.getLong(1))
                .set();
    }

    /** Those of the models of {@code listed} of which the mirror has versions that are not listed. */
    Set<String> withMoreThan(Origin origin, List<SeenVersion> listed) {
        Set<String> names = listed.stream().map(SeenVersion::model).collect(Collectors.toSet());
        return database.sql("""
                        select distinct v.model from mooring.model_version v
                        where v.origin = :origin
                          and v.model in (select name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name))
                          and not exists (select from jsonb_to_recordset(cast(:rows as jsonb)) as s (model text, version bigint)
                                          where s.model = v.model and s.version = v.version)""")
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .param("rows", rows(listed))
                .query((row, n) -> row.getString(1))
                .set();
    }
}
