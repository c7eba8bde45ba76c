package dev.mooring.operations.configuration;

import dev.mooring.Mooring;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds to the audit, once, how the configuration of this start differs from that of the last start, as soon as the service is ready.
 * Its thread ends after that. The last start is the newest one of any instance on this database. Thread-safe.
 */
final class StartAudit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartAudit.class);

    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** How long {@link #close} may have no effect while the service is not ready. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Between two attempts to reach the database. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Mooring mooring;
    private final ControlTransactions control;
    private final Audit audit;
    private final String service;
    private final SortedMap<String, Value> now;
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-configuration", this::step);

    /**
     * Starts the thread, which waits until the service is ready.
     *
     * @param service the name of the service, for people
     * @param now the settings of this start
     */
    StartAudit(
            Mooring mooring, ControlTransactions control, Audit audit, String service, SortedMap<String, Value> now) {
        this.mooring = mooring;
        this.control = control;
        this.audit = audit;
        this.service = service;
        this.now = now;
        loop.start();
    }

    private Duration step() throws InterruptedException {
        try {
            if (mooring.awaitCritical(LOOK_AGAIN) && attempt()) {
                loop.end();
            }
        } catch (RuntimeException | Error e) {
            loop.end();
            LOG.error(
                    "comparing the configuration with that of the last start failed; the audit does not have its changes",
                    e);
        }
        return PAUSE;
    }

    /**
     * Compares without a lock, because comparing secrets takes time. False when another start wrote meanwhile, or the database is
     * away; the next attempt compares again.
     */
    private boolean attempt() {
        try {
            Map<String, String> remembered = control.call(ConfigurationTable::read, LIMIT);
            Comparison comparison = Comparison.of(remembered, now);
            boolean entered =
                    comparison.isEmpty() || control.call(database -> enter(database, remembered, comparison), LIMIT);
            if (entered && comparison.isFirst()) {
                LOG.info("the configuration is remembered; the next start compares its own with it");
            } else if (entered && comparison.differences().isEmpty()) {
                LOG.info("the configuration is that of the last start");
            } else if (entered) {
                LOG.info(
                        "the configuration differs from that of the last start: {}",
                        String.join("; ", comparison.differences()));
            }
            return entered;
        } catch (ControlUnavailableException away) {
            LOG.debug("comparing the configuration waits for the database", away);
            return false;
        }
    }

    private boolean enter(JdbcClient database, Map<String, String> comparedWith, Comparison comparison) {
        ConfigurationTable.lock(database);
        if (!ConfigurationTable.read(database).equals(comparedWith)) {
            return false;
        }
        ConfigurationTable.put(database, comparison.toRemember());
        String action = comparison.isFirst() ? "configuration.recorded" : "configuration.changed";
        for (String details : inEntries(comparison)) {
            audit.enter(database, AuditEntry.of("mooring", action, service, "", details));
        }
        return true;
    }

    /** The details of the entries: one, or several where one is too short. A first start has one even if nothing was set. */
    private static List<String> inEntries(Comparison comparison) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        for (String difference : comparison.differences()) {
            if (entry.length() + difference.length() + 2 > AuditEntry.LONGEST) {
                entries.add(entry.toString());
                entry.setLength(0);
            }
            entry.append(entry.isEmpty() ? "" : "; ").append(difference);
        }
        if (!entry.isEmpty() || comparison.isFirst()) {
            entries.add(entry.toString());
        }
        return entries;
    }

    /** Does not wait for an attempt that runs. */
    @Override
    public void close() {
        loop.end();
    }
}
