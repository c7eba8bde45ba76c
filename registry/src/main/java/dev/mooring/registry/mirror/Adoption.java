package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives a change back to the caller who made it. Between MLflow's change and its entry here, an answer to another request may have shown the
 * change already; its event then names {@code mlflow}. Callers use it in a transaction. Thread-safe.
 */
final class Adoption {
    private final JdbcClient database;

    Adoption(JdbcClient database) {
        this.database = database;
    }

    /**
     * The newest such event is the caller's, if it is of the last minute.
     *
     * @param version the version of the event; 0 for any
     * @param alias the alias of the event; empty for any
     * @return the event that is the caller's from now on, if there is one
     */
    List<Long> of(Origin origin, String model, String action, long version, String alias, String actor) {
        return database.sql("""
                        update mooring.model_event set actor = :actor
                        where seq = (select e.seq from mooring.model_event e
                                     join mooring.model m on m.origin = e.origin and m.model_id = e.model_id
                                     where e.origin = :origin and e.model = :model and m.name = :model and e.action = :action
                                       and (:version = 0 or e.version = :version) and (:alias = '' or e.alias = :alias)
                                     order by e.seq desc limit 1)
                          and actor = :mlflow and at > clock_timestamp() - interval '1 minute'
                        returning seq""")
                .param("origin", origin.value())
                .param("model", model)
                .param("action", action)
                .param("version", version)
                .param("alias", alias)
                .param("actor", actor)
                .param("mlflow", Mirror.MLFLOW)
                .query((row, n) -> row.getLong(1))
                .list();
    }

    /** The version is the caller's. */
    void ofVersion(Origin origin, String model, long version, String actor) {
        int adopted = database.sql("""
                        update mooring.model_version set registered_by = :actor
                        where origin = :origin and model = :model and version = :version and registered_by = :mlflow""")
                .param("origin", origin.value())
                .param("model", model)
                .param("version", version)
                .param("actor", actor)
                .param("mlflow", Mirror.MLFLOW)
                .update();
        assert adopted <= 1;
    }
}
