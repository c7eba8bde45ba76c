package dev.mooring.registry.intents;

import dev.mooring.Dependency;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.audit.AuditEntry;
import dev.mooring.registry.control.ControlConnection;
import dev.mooring.registry.control.ControlUnavailableException;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

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
    private final ControlConnection control;
    private final Audit audit;

    /** Whether the orders were read before; for the control thread. */
    private boolean heardBefore;

    /** Orders of the breakers of these. */
    public Operators(List<Dependency> dependencies, ControlConnection control, Audit audit, Time time) {
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
            long seq = control.call(connection -> write(connection, entry, order), LIMIT);
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

    private long write(Connection connection, AuditEntry entry, Order order) throws SQLException {
        long seq = audit.append(connection, entry);
        IntentTable.insert(connection, seq, order);
        return seq;
    }

    private void hear(Connection connection) throws SQLException {
        for (Intent intent : IntentTable.newest(connection)) {
            Obedience one = obedience.get(intent.dependency());
            if (one != null) {
                one.heard(intent, !heardBefore);
            }
        }
        heardBefore = true;
    }
}
