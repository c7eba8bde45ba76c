package dev.mooring.operations.audit;

import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service's record of its callers' acts: a chain of entries that grows and never changes. The audit also logs each entry with its
 * number and its hash, because only the log can show that the end of the chain was cut off. Thread-safe.
 */
public final class Audit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private static final int MOST_WAITING = 1_000;
    private static final int MOST_AT_ONCE = 100;
    private static final Duration FLUSH = Duration.ofSeconds(2);

    /** How long {@link #close} waits for the database. */
    private static final Duration LAST_FLUSH = Duration.ofSeconds(1);

    private final ControlTransactions control;
    private final int mostWaiting;
    private final BlockingQueue<AuditEntry> waiting;

    /** The number of entries that found no room; only the log has them. */
    private final AtomicInteger lost = new AtomicInteger();

    /** Whether the last attempt to add an entry found no end of the chain. Volatile: every thread that acts writes it, health reads it. */
    private volatile boolean broken;

    /** An audit that adds waiting entries over {@code control} when the database is back. */
    public Audit(ControlTransactions control) {
        this(control, MOST_WAITING);
    }

    /** An audit with room for {@code mostWaiting} waiting entries. */
    Audit(ControlTransactions control, int mostWaiting) {
        this.control = control;
        this.mostWaiting = mostWaiting;
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
        control.every(FLUSH, "adding waiting entries to the audit", this::enterWaiting);
    }

    /**
     * Adds an entry in the transaction of {@code database}: the commit of the act is the commit of its entry. Every other transaction
     * that adds an entry waits for the end of this one, so add the entry as late as possible.
     *
     * @return the entry's number
     * @throws ChainBrokenException the chain cannot be continued; nothing was written, and the transaction may go on
     */
    public long append(JdbcClient database, AuditEntry entry) {
        ChainLink link = appended(database, entry);
        LOG.atInfo()
                .addKeyValue("audit_seq", link.seq())
                .addKeyValue("audit_hash", link.hash())
                .log("audit entry {} ({}): {}", link.seq(), link.hash(), act(entry));
        return link.seq();
    }

    private ChainLink appended(JdbcClient database, AuditEntry entry) {
        try {
            ChainLink link = AuditTable.append(database, entry);
            broken = false;
            return link;
        } catch (ChainBrokenException noEnd) {
            if (!broken) {
                LOG.error("{}; entries of the audit wait until a person has mended it", noEnd.getMessage());
            }
            broken = true;
            throw noEnd;
        }
    }

    /**
     * Adds an entry as {@link #append} does. Where the chain cannot be continued the act goes on: the audit logs the entry at once, and adds
     * it when it can. Call it as the last thing of a transaction.
     */
    public void enter(JdbcClient database, AuditEntry entry) {
        try {
            append(database, entry);
        } catch (ChainBrokenException waits) {
            recordLater(entry);
        }
    }

    /**
     * Logs an act at once, and adds its entry, with the time of the act, as soon as the service reaches the database. It is for acts
     * while the database is away, and for those whose commit has an unclear outcome: it adds no entry that the table already holds. At
     * most 1000 entries wait. A further one goes to the log only, and a later entry gives the number of those.
     */
    public void recordLater(AuditEntry entry) {
        if (waiting.offer(entry)) {
            LOG.warn("the audit gets this entry as soon as it can be written: {}", words(entry));
        } else {
            lost.incrementAndGet();
            LOG.error(
                    "the audit does not get this entry, because {} entries wait already: {}",
                    mostWaiting,
                    words(entry));
        }
    }

    /** Whether the chain could not be continued when an entry was last added. */
    boolean isBroken() {
        return broken;
    }

    /** The recorded end of the chain; empty if it is missing. */
    Optional<ChainLink> end(JdbcClient database) {
        Optional<ChainLink> end = AuditTable.end(database);
        if (end.isEmpty()) {
            broken = true;
        }
        return end;
    }

    /**
     * Adds the waiting entries, within 1 s, and logs those that the database does not take: the audit never gets them, because they wait in
     * memory only. Call it when no caller acts any more.
     */
    @Override
    public void close() {
        // Every second round finds in the table what the one before it added.
        int rounds = 2 + 2 * waiting.size() / MOST_AT_ONCE;
        try (Deadline.Scope limit = Deadline.in(LAST_FLUSH, Time.system()).open()) {
            assert limit != null;
            for (int round = 0; round < rounds && !waiting.isEmpty(); round++) {
                control.call(
                        database -> {
                            enterWaiting(database);
                            return true;
                        },
                        LAST_FLUSH);
            }
        } catch (ControlUnavailableException | DataAccessException away) {
            LOG.debug("the database takes no waiting entry at the end", away);
        }
        List<AuditEntry> left = new ArrayList<>();
        waiting.drainTo(left);
        if (!left.isEmpty()) {
            LOG.error(
                    "the service ends while the database is away, and the audit never gets {}: only the log has what"
                            + " follows",
                    left.size() == 1 ? "1 entry" : left.size() + " entries");
            left.forEach(entry -> LOG.error("only the log has this entry: {}", words(entry)));
        }
    }

    /** How many entries wait for the database. */
    public int waiting() {
        return waiting.size();
    }

    /** Entries, newest first. */
    public List<RecordedEntry> read(JdbcClient database, AuditQuery query) {
        return AuditTable.page(database, query);
    }

    /** An entry waits until a later round finds it in the table, because only the table shows whether a commit worked. */
    private void enterWaiting(JdbcClient database) {
        for (AuditEntry entry : waiting.stream().limit(MOST_AT_ONCE).toList()) {
            if (AuditTable.isThere(database, entry.id())) {
                remove(entry);
            } else {
                enterLate(database, entry);
            }
        }
        tellLost();
    }

    /** Removes an entry, unless {@link #close} has taken it out. */
    private void remove(AuditEntry entry) {
        boolean unused = waiting.remove(entry);
    }

    private void enterLate(JdbcClient database, AuditEntry entry) {
        database.sql("savepoint before_entry").update();
        try {
            append(database, entry);
        } catch (ChainBrokenException waits) {
            return;
        } catch (DataAccessException failed) {
            if (Postgres.failures().classify(failed).isPresent()) {
                throw failed;
            }
            database.sql("rollback to savepoint before_entry").update();
            remove(entry);
            LOG.error("the audit does not get this entry, because the database refuses it: {}", words(entry), failed);
        }
    }

    private void tellLost() {
        int count = lost.getAndSet(0);
        if (count == 0) {
            return;
        }
        String details = count + " acts while the database was away stand in the log only";
        if (!waiting.offer(AuditEntry.of("mooring", "audit.entries_lost", "audit", "too many at once", details))) {
            lost.addAndGet(count);
        }
    }

    /** The whole entry, for the log when only the log has it. */
    private static String words(AuditEntry entry) {
        return act(entry) + oneLine(entry.details().isEmpty() ? "" : " (" + entry.details() + ")");
    }

    private static String act(AuditEntry entry) {
        String reason = entry.reason().isEmpty() ? "" : ": " + entry.reason();
        return oneLine(entry.actor() + " " + entry.action() + " " + entry.subject() + " at " + entry.at() + reason);
    }

    /** Replaces control characters, so that what an actor wrote cannot look like another log line. */
    private static String oneLine(String words) {
        return words.replaceAll("\\p{Cntrl}", " ");
    }
}
