package dev.mooring.registry.mirror;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of models in a mirror. Callers use it in a transaction, and {@linkplain #lock lock} the models before they decide anything.
 * Thread-safe.
 */
final class MirrorModels {
    private static final String NAMES =
            "(select name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name))";

    private static final String SEEN = """
            with seen as (
              select * from jsonb_to_recordset(cast(:rows as jsonb))
                as s (name text, description text, tags jsonb, newest bigint, created timestamptz, updated timestamptz)
            )
            """;

    /** A model that was made at another time than the one that the mirror knows is another model. */
    private static final String DROP_REMADE = SEEN + """
            , dropped as (
              delete from mooring.model m using seen s
              where m.origin = :origin and m.name = s.name and m.confirmed_at is not null and m.created_at <> s.created
              returning m.name, m.model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, actor)
            select :origin, name, model_id, 'deleted', :mlflow from dropped
            """;

    private static final String PUT = SEEN + """
            , put as (
              insert into mooring.model as m (origin, name, description, tags, last_version, created_at, updated_at, last_updated)
              select :origin, name, description, tags, newest, created, updated, updated from seen
              on conflict (origin, name) do update
                set description = excluded.description, tags = excluded.tags, created_at = excluded.created_at,
                    updated_at = excluded.updated_at, last_updated = excluded.last_updated,
                    last_version = greatest(m.last_version, excluded.last_version)
              returning m.name, m.model_id, m.xmax = 0 as made
            )
            insert into mooring.model_event (origin, model, model_id, action, actor)
            select :origin, name, model_id, 'created', :actor from put where made
            """;

    /** A row for a model of which only versions are known so far. */
    private static final String PLACE = """
            with put as (
              insert into mooring.model (origin, name)
              select :origin, name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name) order by name
              on conflict (origin, name) do nothing
              returning name, model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, actor)
            select :origin, name, model_id, 'created', :mlflow from put
            """;

    private static final String OVERTAKEN = """
            select name from mooring.model where origin = :origin and written_at >= :sent and name in %1$s
            union
            select model from mooring.mirror_gone where origin = :origin and gone_at >= :sent and model in %1$s
            """.formatted(NAMES);

    private final JdbcClient database;

    MirrorModels(JdbcClient database) {
        this.database = database;
    }

    /** Keeps other transactions from these models, as far as they exist, until this one ends. */
    void lock(Origin origin, Collection<String> names) {
        List<String> locked = database.sql("select name from mooring.model where origin = :origin and name in " + NAMES
                        + " order by name for update")
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .query((row, n) -> row.getString(1))
                .list();
        assert locked.size() <= names.size();
    }

    /** Those of these models of which a change was entered after {@code sent}, so that what MLflow said may be older or newer. */
    Set<String> overtaken(Origin origin, Collection<String> names, Instant sent) {
        return database.sql(OVERTAKEN)
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .param("sent", Timestamps.parameter(sent))
                .query((row, n) -> row.getString(1))
                .set();
    }

    /** Those of these models about which the mirror knows something that is at least as new as {@code sent}. */
    Set<String> newer(Origin origin, Collection<String> names, Instant sent) {
        return database.sql(
                        "select name from mooring.model where origin = :origin and confirmed_at >= :sent and name in "
                                + NAMES)
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .param("sent", Timestamps.parameter(sent))
                .query((row, n) -> row.getString(1))
                .set();
    }

    /** Writes the rows. A model that is new gets an event of {@code actor}. */
    void put(Origin origin, List<SeenModel> seen, String actor) {
        String rows = KeptJson.text(seen.stream().map(SeenModel::row).toList());
        int dropped = database.sql(DROP_REMADE)
                .param("origin", origin.value())
                .param("rows", rows)
                .param("mlflow", Mirror.MLFLOW)
                .update();
        int made = database.sql(PUT)
                .param("origin", origin.value())
                .param("rows", rows)
                .param("actor", actor)
                .update();
        assert dropped >= 0 && made >= 0;
    }

    /** Makes rows for the models that have none. */
    void place(Origin origin, Collection<String> names) {
        int made = database.sql(PLACE)
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .param("mlflow", Mirror.MLFLOW)
                .update();
        assert made >= 0;
    }

    /** The mirror knows the row, the aliases and the newest versions of these models. */
    void confirm(Origin origin, Collection<String> names, Instant sent) {
        mark("confirmed_at = :sent", origin, names, sent);
    }

    /** The mirror knows all versions of these models. */
    void confirmVersions(Origin origin, Collection<String> names, Instant sent) {
        mark("versions_at = :sent", origin, names, sent);
    }

    /** The mirror knows the versions of these models that MLflow listed. */
    void listed(Origin origin, Collection<String> names, Instant sent) {
        mark("listed_at = :sent", origin, names, sent);
    }

    private void mark(String change, Origin origin, Collection<String> names, Instant sent) {
        if (!names.isEmpty()) {
            int marked = database.sql("update mooring.model set " + change
                            + " where origin = :origin and cast(:sent as timestamptz) is not null and name in " + NAMES)
                    .param("origin", origin.value())
                    .param("names", KeptJson.text(names))
                    .param("sent", Timestamps.parameter(sent))
                    .update();
            assert marked <= names.size();
        }
    }

    /**
     * The listed versions are all of them where their numbers run from 1 to the newest one without a gap. A gap may be a deleted version, or
     * one that MLflow did not list, because it lists prompts by the tags of their versions.
     */
    void confirmListed(Origin origin, Collection<String> names) {
        int marked = database.sql("""
                        update mooring.model m set versions_at = m.listed_at
                        where m.origin = :origin and m.listed_at is not null
                          and (m.versions_at is null or m.versions_at < m.listed_at)
                          and m.last_version = (select count(*) from mooring.model_version v
                                                where v.origin = m.origin and v.model = m.name)
                          and m.name in""" + " " + NAMES)
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .update();
        assert marked <= names.size();
    }

    /** MLflow changed the model at {@code at}, perhaps by making the version {@code number}. */
    void grow(Origin origin, String name, long number, Instant at) {
        int grown = database.sql("""
                        update mooring.model set last_version = greatest(last_version, :number),
                               last_updated = greatest(last_updated, :at), updated_at = greatest(updated_at, :at)
                        where origin = :origin and name = :name""")
                .param("origin", origin.value())
                .param("name", name)
                .param("number", number)
                .param("at", Timestamps.parameter(at))
                .update();
        assert grown <= 1;
    }

    /** All versions of the model changed at that time, as when it was renamed. */
    void moveTimes(Origin origin, String name, Instant at) {
        int moved = database.sql(
                        "update mooring.model_version set last_updated = :at where origin = :origin and model = :name")
                .param("origin", origin.value())
                .param("name", name)
                .param("at", Timestamps.parameter(at))
                .update();
        assert moved >= 0;
    }
}
