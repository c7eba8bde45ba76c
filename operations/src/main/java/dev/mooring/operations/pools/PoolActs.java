package dev.mooring.operations.pools;

import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.audit.ChainBrokenException;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.ConnectionPools;
import dev.mooring.spring.pool.PoolFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Gives up the connections of this instance's pools, each act with its entry in the audit. While the database is away, or the audit's chain
 * cannot be continued, the entry follows later. Thread-safe.
 */
final class PoolActs {
    private static final Logger LOG = LoggerFactory.getLogger(PoolActs.class);
    /** As for an order: its caller waits no longer for a database that does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final List<ConnectionPools> all;
    private final ControlTransactions control;
    private final Audit audit;

    PoolActs(List<ConnectionPools> all, ControlTransactions control, Audit audit) {
        this.all = List.copyOf(all);
        this.control = control;
        this.audit = audit;
    }

    Stream<ConnectionPool> pools() {
        return all.stream().flatMap(some -> some.pools().stream());
    }

    Optional<ConnectionPool> find(String dependency) {
        return pools().filter(pool -> pool.dependency().equals(dependency)).findFirst();
    }

    /** Gives up the connections, and returns how many there were. Takes at most two seconds, and not longer than the caller's deadline. */
    int evict(ConnectionPool pool, String actor, String reason) {
        PoolFigures before = pool.figures();
        int count = before.active() + before.idle();
        String details = before.idle() + " idle, " + before.active() + " active; only the instance that was asked";
        enter(AuditEntry.of(actor, "pool.evict", pool.dependency(), reason, details));
        pool.evict();
        return count;
    }

    private void enter(AuditEntry entry) {
        try {
            long seq = control.call(database -> audit.append(database, entry), LIMIT);
            assert seq > 0 : "entries count from 1";
            return;
        } catch (ControlUnavailableException away) {
            LOG.debug("the audit cannot take an eviction now", away);
        } catch (ChainBrokenException noEnd) {
            LOG.debug("the audit cannot be continued by an eviction", noEnd);
        } catch (DataAccessException refused) {
            LOG.error("the database refuses to take the audit entry of an eviction", refused);
        }
        audit.recordLater(entry);
    }
}
