package dev.mooring.operations.orders;

import dev.mooring.Dependency;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.audit.ChainBrokenException;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes operators' orders. Records each with its audit entry in one transaction, and obeys it here at once. Every other instance reads
 * it within about two seconds, and an instance that starts later obeys it until it expires. While the database is away, or
 * the audit's chain cannot be continued, only this instance obeys an order, and its audit entry follows later. Thread-safe.
 */
public final class Operators {
    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    /** An order is urgent, so its caller waits no longer for a database that does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, Obedience> obedience;
    private final ControlTransactions control;
    private final Audit audit;
    private final Time time;

    /** Whether this instance has read the table before. Only the control thread uses it. */
    private boolean heardBefore;

    /** Takes orders for the breakers of {@code dependencies}. */
    public Operators(List<Dependency> dependencies, ControlTransactions control, Audit audit, Time time) {
        this.obedience = dependencies.stream()
                .collect(Collectors.toUnmodifiableMap(Dependency::name, one -> new Obedience(one, time)));
        this.control = control;
        this.audit = audit;
        this.time = time;
        control.every(POLL, "reading operators' orders", this::hear);
    }

    /**
     * Obeys an order. Takes at most two seconds, and not longer than the caller's deadline.
     *
     * @return whether every instance will obey it; otherwise only this one does, because it cannot be recorded
     * @throws IllegalArgumentException there is no such dependency
     */
    public boolean give(Order order) {
        Obedience here = obedience.get(order.dependency());
        if (here == null) {
            throw new IllegalArgumentException("there is no dependency " + order.dependency());
        }
        long given = time.nanos();
        AuditEntry entry = order.auditEntry(true);
        try {
            long seq = control.call(database -> enter(database, entry, order), LIMIT);
            here.recorded(seq, order);
            return true;
        } catch (ControlUnavailableException away) {
            LOG.debug("this instance cannot record an order", away);
        } catch (ChainBrokenException noEnd) {
            LOG.debug("this instance cannot enter an order in the audit", noEnd);
        } catch (DataAccessException refused) {
            LOG.error("the database refuses to take an operator's order; only this instance obeys it", refused);
        }
        here.local(order, given);
        audit.recordLater(entry.with(order.auditEntry(false).details()));
        return false;
    }

    private long enter(JdbcClient database, AuditEntry entry, Order order) {
        long seq = audit.append(database, entry);
        OrderTable.insert(database, seq, order);
        return seq;
    }

    private void hear(JdbcClient database) {
        long asked = time.nanos();
        for (RecordedOrder order : OrderTable.newest(database)) {
            Obedience one = obedience.get(order.dependency());
            if (one != null) {
                one.heard(order, asked, !heardBefore);
            }
        }
        heardBefore = true;
    }
}
