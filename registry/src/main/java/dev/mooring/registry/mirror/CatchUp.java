package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets a list of all models wait, while MLflow answers, for what the mirror does not know yet: the rest of a model of which it knows one version,
 * because a caller has just made both, and the first comparison after the first start. Waits 2 s at most, and for few callers at a time.
 * Thread-safe.
 */
final class CatchUp {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** What the answer needs of the request's time after that. */
    private static final Duration TO_ANSWER = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_WAITING = 8;
    /** Models that a caller asks for in one round; before the first comparison is complete, these would be all of them. */
    private static final String UNKNOWN = """
            select name from mooring.model
            where origin = :origin and confirmed_at is null
              and exists (select from mooring.mirror_sync where origin = :origin and complete_at is not null)
            order by name limit 20""";

    private final Refetch refetch;
    private final Transactions transactions;
    private final JdbcClient database;
    private final Knowledge knowledge;
    /** How many lists wait here; a list without a place does not wait. */
    private final Semaphore places = new Semaphore(MOST_WAITING);

    CatchUp(Refetch refetch, Transactions transactions, JdbcClient database) {
        this.refetch = refetch;
        this.transactions = transactions;
        this.database = database;
        this.knowledge = new Knowledge(database);
    }

    /** How old the knowledge of all models is; empty if the mirror still does not know all about each. */
    Optional<Duration> everything(Origin origin) throws AwayException {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            long end = System.nanoTime()
                    + Deadline.cut(PATIENCE.plus(TO_ANSWER)).minus(TO_ANSWER).toNanos();
            ask(origin, end);
            Optional<Duration> age = age(origin);
            while (age.isEmpty() && end - System.nanoTime() > 0) {
                Thread.sleep(LOOK.toMillis());
                ask(origin, end);
                age = age(origin);
            }
            return age;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }

    private void ask(Origin origin, long end) throws AwayException {
        for (String name : unknown(origin)) {
            if (end - System.nanoTime() <= 0) {
                return;
            }
            boolean unused = refetch.model(origin, name);
        }
    }

    private List<String> unknown(Origin origin) {
        return transactions.read(() -> database.sql(UNKNOWN)
                .param("origin", origin.value())
                .query((row, n) -> row.getString(1))
                .list());
    }

    private Optional<Duration> age(Origin origin) {
        return transactions.read(() -> knowledge.everythingWhole(origin));
    }
}
