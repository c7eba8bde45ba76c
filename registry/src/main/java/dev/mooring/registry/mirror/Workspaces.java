package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workspaces in which callers work; each has a mirror of its own from the first call that MLflow answered. Thread-safe. */
final class Workspaces {
    /** Bounds the work of comparing mirrors; the calls of further workspaces still fill theirs. */
    private static final int MOST = 1_000;

    private final Transactions transactions;
    private final SyncTable table;
    private final Set<Origin> seen = ConcurrentHashMap.newKeySet();

    Workspaces(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.table = new SyncTable(database);
        seen.add(Origin.MLFLOW);
    }

    /** MLflow answered a call in a workspace. */
    void saw(Origin origin) {
        if (!seen.contains(origin) && seen.size() < MOST) {
            boolean unused = transactions.write(() -> {
                table.add(origin);
                return true;
            });
            seen.add(origin);
        }
    }
}
