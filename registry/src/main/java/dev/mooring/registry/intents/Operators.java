package dev.mooring.registry.intents;

import dev.mooring.Dependency;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.audit.AuditEntry;
import dev.mooring.registry.control.ControlTransactions;
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
 * Takes operators' orders. Each is written down with its audit entry in one transaction and obeyed here at once; every other instance
 * hears of it within about two seconds, and one that starts later obeys it again until it expires. While the database is away an
 * order is obeyed here only, and entered in the audit later. Thread-safe.
 */
public final class Operators {
    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    /** An order is urgent: who gives it does not wait longer for a database that does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, Obedience> obedience;
    private final ControlTransactions control;
    private final Audit audit;

    /** Whether the orders were read before; for the control thread. */
    private boolean heardBefore;

    /** Orders of the breakers of these. */
    public Operators(List<Dependency> dependencies, ControlTransactions control, Audit audit, Time time) {
        this.obedience = dependencies.stream()
                .collect(Collectors.toUnmodifiableMap(Dependency::name, one -> new Obedience(one, time)));
        this.control = control;
        this.audit = audit;
        control.every(POLL, "reading operators' orders", this::hear);
    }

    /**
     * Obeys an order. Takes at most two seconds, and not longer than the caller's deadline.
     *
     * @return whether every instance will obey it; otherwise this one alone does, because the database is away
     * @throws IllegalArgumentException there is no such dependency
     */
    public boolean give(Order order) {
        Obedience here = obedience.get(order.dependency());
        if (here == null) {
            throw new IllegalArgumentException("there is no dependency " + order.dependency());
        }
        AuditEntry entry = order.auditEntry(true);
        try {
            long seq = control.call(database -> write(database, entry, order), LIMIT);
            here.recorded(seq, order);
            return true;
        } catch (ControlUnavailableException away) {
            LOG.debug("an order could not be written down", away);
        } catch (DataAccessException refused) {
            LOG.error("the database refuses to take an operator's order; it is obeyed on this instance only", refused);
        }
        here.local(order);
        audit.recordLater(entry.with(order.auditEntry(false).details()));
        return false;
    }

    private long write(JdbcClient database, AuditEntry entry, Order order) {
        long seq = audit.append(database, entry);
        IntentTable.insert(database, seq, order);
        return seq;
    }

    private void hear(JdbcClient database) {
        for (Intent intent : IntentTable.newest(database)) {
            Obedience one = obedience.get(intent.dependency());
            if (one != null) {
                one.heard(intent, !heardBefore);
            }
        }
        heardBefore = true;
    }
}
