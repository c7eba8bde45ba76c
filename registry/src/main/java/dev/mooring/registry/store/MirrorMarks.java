package dev.mooring.registry.store;

import dev.mooring.operations.control.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a change at MLflow means for what its mirror knows. Every change that this service enters in a mirror leaves a mark, because MLflow may have
 * answered another request before it made the change. Callers use it in the transaction that enters the change. Thread-safe.
 */
public final class MirrorMarks {
    private static final String NAMES = "jsonb_array_elements_text(cast(:names as jsonb)) as n (name)";

    private final JdbcClient database;

    /** Marks in the tables of {@code database}. */
    public MirrorMarks(JdbcClient database) {
        this.database = database;
    }

    /**
     * When a request to MLflow went out, by the clock that gives the marks their times. It may be too early, by as much as the database takes to
     * answer, and is never too late. So no mark of a change that came after the request is taken for an earlier one.
     *
     * @param sentAt {@link System#nanoTime()} before the request
     */
    public Instant sent(long sentAt) {
        Instant now = database.sql("select clock_timestamp() as now")
                .query((row, n) -> Timestamps.read(row, "now"))
                .single();
        return now.minusNanos(System.nanoTime() - sentAt);
    }

    /** A change of these models was entered. What MLflow said before does not count. */
    public void written(Origin origin, Collection<String> models) {
        mark(
                "update mooring.model set written_at = clock_timestamp() where origin = :origin and name in (select name from "
                        + NAMES + ")",
                origin,
                models,
                Duration.ZERO);
    }

    /** The mirror is in doubt about these models, and asks MLflow for them as soon as it can. */
    public void doubt(Origin origin, Collection<String> models) {
        doubt(origin, models, Duration.ZERO);
    }

    /**
     * The mirror is in doubt about these models, and asks MLflow for them as soon as it can, and once more later.
     *
     * @param last how much later, because MLflow may still make a change
     */
    public void doubt(Origin origin, Collection<String> models, Duration last) {
        mark("""
                insert into mooring.mirror_doubt as d (origin, model, last_at)
                select :origin, name, clock_timestamp() + :last * interval '1 millisecond' from\s""" + NAMES + """
                 order by name
                on conflict (origin, model) do update
                  set doubted_at = excluded.doubted_at, due_at = excluded.due_at, last_at = greatest(d.last_at, excluded.last_at)""", origin, models, last);
    }

    /** The mirror asks MLflow for the model, unless it knows it already. */
    public void doubtUnknown(Origin origin, String model) {
        boolean known = database.sql("""
                        select exists (select from mooring.model
                                       where origin = :origin and name = :name and confirmed_at is not null)""")
                .param("origin", origin.value())
                .param("name", model)
                .query(Boolean.class)
                .single();
        if (!known) {
            doubt(origin, List.of(model));
        }
    }

    /**
     * The alias points to a version that the mirror does not have. The mirror knows neither the alias nor the whole model until it has asked: what
     * it knew is no longer so.
     */
    public void strayed(Origin origin, String model, String alias) {
        int forgotten = database.sql("""
                        delete from mooring.model_alias where origin = :origin and model = :name and alias = :alias""")
                .param("origin", origin.value())
                .param("name", model)
                .param("alias", alias)
                .update();
        int doubted = database.sql(
                        "update mooring.model set confirmed_at = null where origin = :origin and name = :name")
                .param("origin", origin.value())
                .param("name", model)
                .update();
        assert forgotten <= 1 && doubted <= 1;
    }

    /** MLflow has no models of these names any more. What it said about the names before does not count. */
    public void gone(Origin origin, Collection<String> models) {
        mark(
                "insert into mooring.mirror_gone (origin, model) select :origin, name from " + NAMES
                        + " order by name on conflict (origin, model) do update set gone_at = excluded.gone_at",
                origin,
                models,
                Duration.ZERO);
    }

    private void mark(String sql, Origin origin, Collection<String> models, Duration last) {
        if (!models.isEmpty()) {
            JdbcClient.StatementSpec statement =
                    database.sql(sql).param("origin", origin.value()).param("names", KeptJson.text(models));
            int marked = (sql.contains(":last") ? statement.param("last", last.toMillis()) : statement).update();
            assert marked >= 0;
        }
    }
}
