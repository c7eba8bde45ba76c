package dev.mooring.registry.store;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stages of the versions. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class StageTable {
    /** The versions that change get the model's time, so the caller touches the model before. */
    private static final String MOVE = """
            with model as (
              select origin, name, model_id, last_updated from mooring.model where origin = :origin and name = :model
            ), old as (
              select v.origin, v.model, v.version, v.current_stage, m.model_id, m.last_updated,
                     case when v.version = :version then cast(:stage as text) else 'Archived' end as to_stage
              from mooring.model_version v join model m on v.origin = m.origin and v.model = m.name
              where v.version = :version or (:archive and v.current_stage = :stage)
            ), moved as (
              update mooring.model_version v set current_stage = o.to_stage, last_updated = o.last_updated
              from old o where v.origin = o.origin and v.model = o.model and v.version = o.version
            )
            insert into mooring.model_event (origin, model, model_id, action, version, actor, details)
            select origin, model, model_id, 'stage_changed', version, :actor,
                   jsonb_build_object('from', current_stage, 'to', to_stage)
            from old where current_stage <> to_stage
            returning seq
            """;

    /**
     * The newest version of each stage. Most versions have the stage None, so a walk from the newest on finds theirs at once; the others
     * have an index of their own.
     */
    private static final String NEWEST = """
             from jsonb_array_elements_text(cast(:models as jsonb)) as m (name)
             cross join lateral (
               select * from mooring.model_version w
               where w.origin = :origin and w.model = m.name and w.current_stage = 'None'
               order by w.version desc limit 1) v
            union all
            """;

    private static final String NEWEST_STAGED = """
             from jsonb_array_elements_text(cast(:models as jsonb)) as m (name)
             cross join lateral (
               select distinct on (w.current_stage) * from mooring.model_version w
               where w.origin = :origin and w.model = m.name and w.current_stage <> 'None'
               order by w.current_stage, w.version desc) v
            """;

    /** Those of the whole model, which has as few rows as stages. */
    private static final String ALIASES = """
            , (select jsonb_object_agg(a.alias, cast(a.version as text)) from mooring.model_alias a
               where a.origin = v.origin and a.model = v.model) as model_aliases
            """;

    private final JdbcClient database;
    private final HistoryEvents events;

    /** A table that runs its statements with {@code database}, for callers that move no version. */
    public StageTable(JdbcClient database) {
        this(database, ModelEvents.NONE);
    }

    /** A table that runs its statements with {@code database} and adds promotions to {@code events}. */
    public StageTable(JdbcClient database, ModelEvents events) {
        this.database = database;
        this.events = new HistoryEvents(database, events);
    }

    /**
     * Moves a version to a stage. The caller has touched the model (see {@link ModelTable#touch}) and knows that the version exists.
     *
     * @param archive whether the other versions in that stage move to {@link Stage#ARCHIVED}
     */
    public void move(Origin origin, String model, long version, Stage stage, boolean archive, String actor) {
        List<Long> moved = database.sql(MOVE)
                .param("origin", origin.value())
                .param("model", model)
                .param("version", version)
                .param("stage", stage.text())
                .param("archive", archive)
                .param("actor", actor)
                .query((row, n) -> row.getLong(1))
                .list();
        events.add(origin, moved);
    }

    /** The newest version in each of these stages, with its aliases. */
    public List<StoredVersion> newest(Origin origin, String model, Set<Stage> stages) {
        return newest(VersionTable.COLUMNS_WITH_ALIASES, origin, List.of(model))
                .query((row, n) -> Rows.version(row))
                .list()
                .stream()
                .filter(version -> stages.contains(version.stage()))
                .toList();
    }

    /** The newest versions and the aliases of a model. */
    public Newest newest(Origin origin, String model) {
        return newest(origin, List.of(model)).getOrDefault(model, Newest.none());
    }

    /** The newest versions and the aliases of these models; by model, without those that have no version. */
    public Map<String, Newest> newest(Origin origin, List<String> models) {
        Map<String, Newest> all = new HashMap<>();
        newest(VersionTable.COLUMNS + ALIASES, origin, models).query((ResultSet row) -> {
            StoredVersion version = Rows.version(row);
            Newest one = all.get(version.model());
            if (one == null) {
                String aliases = row.getString("model_aliases");
                one = new Newest(new ArrayList<>(), aliases == null ? new TreeMap<>() : KeptJson.texts(aliases));
                all.put(version.model(), one);
            }
            one.versions().add(version);
        });
        return all;
    }

    private JdbcClient.StatementSpec newest(String columns, Origin origin, List<String> models) {
        return database.sql(columns + NEWEST + columns + NEWEST_STAGED)
                .param("origin", origin.value())
                .param("models", KeptJson.text(models));
    }
}
