package dev.mooring.registry.registrations;

import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.RemadeVersions;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds what a registration made in MLflow to the mirror, with what MLflow does not know: who registered it, and its metrics. */
final class Mirrored {
    /**
     * An answer to another request may have shown the version already; its entry in the history becomes the caller's. Only then are the entries
     * of the model searched.
     */
    private static final String ADD = """
            with model as (
              insert into mooring.model as m (origin, name, last_version)
              values (:origin, :model, :version)
              on conflict (origin, name) do update
                set last_version = greatest(m.last_version, excluded.last_version), updated_at = clock_timestamp(),
                    last_updated = greatest(m.last_updated, :created_at)
              returning origin, name, model_id
            ), version as (
              insert into mooring.model_version as v (origin, model, version, registration_id, source, run_id, description, tags,
                                                      metrics, registered_by, created_at, last_updated)
              select origin, name, :version, cast(:id as uuid), :source, :run_id, :description, cast(:tags as jsonb),
                     cast(:metrics as jsonb), :actor, :created_at, :created_at
              from model
              on conflict (origin, model, version) do update
                set registration_id = excluded.registration_id, metrics = excluded.metrics,
                    registered_by = excluded.registered_by
            ), adopted as (
              update mooring.model_event set actor = :actor, registration_id = cast(:id as uuid)
              where seq = (select case when exists (select from mooring.model_version v
                                                    where v.origin = m.origin and v.model = m.name and v.version = :version)
                                  then (select max(e.seq) from mooring.model_event e
                                        where e.model_id = m.model_id and e.action = 'registered' and e.version = :version
                                          and e.registration_id is null) end
                           from model m)
              returning seq
            ), remembered as (
              insert into mooring.model_event (origin, model, model_id, action, version, registration_id, actor, at)
              select origin, name, model_id, 'registered', :version, cast(:id as uuid), :actor, :created_at from model
              where not exists (select from adopted)
            )
            select model_id from model
            """;

    /** Gives the id of the model. */
    UUID made(JdbcClient database, Payload payload, Made made) {
        MadeVersion version = made.version();
        MirrorMarks marks = new MirrorMarks(database);
        MirroredKnowledge knowledge = new MirroredKnowledge(database, marks);
        knowledge.before(made);
        SortedMap<String, String> tags = new TreeMap<>(payload.tags());
        tags.put(TaggedVersions.TAG, payload.registrationId().toString());
        new RemadeVersions(database).delete(Origin.MLFLOW, List.of(row(version, tags)), "mlflow");
        UUID modelId = database.sql(ADD)
                .param("origin", Origin.MLFLOW.value())
                .param("model", version.name())
                .param("version", version.version())
                .param("id", payload.registrationId())
                .param("source", version.source())
                .param("run_id", payload.runId())
                .param("description", payload.description())
                .param("tags", KeptJson.text(tags))
                .param("metrics", KeptJson.text(payload.metrics()))
                .param("actor", payload.registeredBy())
                .param("created_at", version.createdAt().atOffset(ZoneOffset.UTC))
                .query(UUID.class)
                .single();
        knowledge.after(made);
        marks.written(Origin.MLFLOW, List.of(version.name()));
        marks.doubtUnknown(Origin.MLFLOW, version.name());
        return modelId;
    }

    private static Map<String, ?> row(MadeVersion version, SortedMap<String, String> tags) {
        return Map.of(
                "model", version.name(),
                "version", version.version(),
                "source", version.source(),
                "tags", tags,
                "created", version.createdAt().toString());
    }
}
