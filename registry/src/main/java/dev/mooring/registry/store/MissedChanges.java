package dev.mooring.registry.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The models that MLflow changed for callers of this process while the database was away, so the mirror does not have the changes. When the
 * database is back, the mirror knows nothing of these models until it has asked MLflow. A process that ends before that loses them; the next
 * comparison finds such changes. Thread-safe.
 */
public final class MissedChanges {
    private static final Logger LOG = LoggerFactory.getLogger(MissedChanges.class);

    /** So many models of an outage are remembered; the comparison finds the others. */
    private static final int MOST = 10_000;

    /** Chars of the longest name that MLflow's columns hold, with two for each character. A client may send any other, and keep it here. */
    private static final int LONGEST = 2 * ModelName.LONGEST;

    private static final String FORGET = """
            with versions as (
              update mooring.model_version set confirmed_at = null
              where origin = :origin and model = :model and confirmed_at is not null
            )
            update mooring.model set confirmed_at = null, versions_at = null, listed_at = null
            where origin = :origin and name = :model
            """;

    private final Set<Missed> all = ConcurrentHashMap.newKeySet();

    private record Missed(Origin origin, String model) {}

    /** The database did not take a change of these models. */
    public void add(Origin origin, Collection<String> models) {
        if (all.size() < MOST) {
            models.stream()
                    .filter(model -> model.length() <= LONGEST)
                    .forEach(model -> all.add(new Missed(origin, model)));
        }
    }

    /**
     * Enters them, each in a transaction of its own. Those that the database does not take stay for the next time, but not a name that it can
     * never hold, which no model in a mirror has.
     */
    public void enter(Transactions transactions, JdbcClient database) {
        for (Missed one : List.copyOf(all)) {
            // A change that is missed meanwhile adds it again.
            all.remove(one);
            try {
                int forgotten = transactions.write(() -> forget(one, database));
                assert forgotten <= 1;
            } catch (DataIntegrityViolationException unfit) {
                LOG.debug("a change is of no model that a mirror can hold: {}", unfit.getMessage());
            } catch (RuntimeException away) {
                all.add(one);
                throw away;
            }
        }
    }

    private static int forget(Missed one, JdbcClient database) {
        MirrorMarks marks = new MirrorMarks(database);
        marks.written(one.origin(), List.of(one.model()));
        marks.doubt(one.origin(), List.of(one.model()));
        return database.sql(FORGET)
                .param("origin", one.origin().value())
                .param("model", one.model())
                .update();
    }
}
