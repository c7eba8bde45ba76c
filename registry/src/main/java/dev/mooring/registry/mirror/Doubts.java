package dev.mooring.registry.mirror;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The models about which a mirror is in doubt. Callers use it in a transaction. Thread-safe. */
final class Doubts {
    /** For a change that goes on while the mirror asks. */
    private static final Duration SHORTLY = Duration.ofMillis(200);

    /** For a model that MLflow cannot answer for, perhaps for long. */
    private static final Duration LATER = Duration.ofSeconds(2);

    private final JdbcClient database;

    Doubts(JdbcClient database) {
        this.database = database;
    }

    /** A model for which the mirror should ask now. */
    Optional<String> next(Origin origin) {
        return database.sql("""
                        select model from mooring.mirror_doubt where origin = :origin and due_at <= clock_timestamp()
                        order by due_at limit 1""")
                .param("origin", origin.value())
                .query((row, n) -> row.getString(1))
                .optional();
    }

    /** MLflow answered about the model. A doubt that came up since then, or that needs a later look, stays. */
    void settle(Origin origin, String name, Instant sent) {
        int settled = database.sql("""
                        delete from mooring.mirror_doubt
                        where origin = :origin and model = :name and doubted_at < :sent and last_at < :sent""")
                .param("origin", origin.value())
                .param("name", name)
                .param("sent", Timestamps.parameter(sent))
                .update();
        if (settled == 0) {
            postpone(origin, name);
        }
    }

    /** MLflow did not give an answer that the mirror can use; it asks again. */
    void postpone(Origin origin, String name) {
        postpone(origin, name, SHORTLY);
    }

    /** MLflow gave no answer; the mirror asks again, and for other models before. */
    void putOff(Origin origin, String name) {
        postpone(origin, name, LATER);
    }

    private void postpone(Origin origin, String name, Duration pause) {
        int postponed = database.sql("""
                        update mooring.mirror_doubt
                        set due_at = greatest(clock_timestamp() + :pause * interval '1 millisecond',
                                              case when doubted_at < clock_timestamp() - interval '1 second' then last_at end)
                        where origin = :origin and model = :name""")
                .param("origin", origin.value())
                .param("name", name)
                .param("pause", pause.toMillis())
                .update();
        assert postponed <= 1;
    }

    /** Removes the doubts about these models that a full answer about them has ended. */
    void settleKnown(Origin origin, Collection<String> names) {
        int settled = database.sql("""
                        delete from mooring.mirror_doubt d using mooring.model m
                        where d.origin = :origin and m.origin = d.origin and m.name = d.model
                          and m.confirmed_at > greatest(d.doubted_at, d.last_at)
                          and m.versions_at > greatest(d.doubted_at, d.last_at)
                          and d.model in (select name from jsonb_array_elements_text(cast(:names as jsonb)) as n (name))""")
                .param("origin", origin.value())
                .param("names", KeptJson.text(names))
                .update();
        assert settled >= 0;
    }
}
