package dev.mooring.operations.audit;

import dev.mooring.operations.audit.ChainFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Verifies the chain from its beginning or from a known entry on, one part in each transaction, so that no other work waits long. Not thread-safe. */
public final class ChainWalk {
    private static final int MOST_AT_ONCE = 2_000;
    private static final int MOST_FINDINGS = 100;

    private final Optional<ChainLink> noted;
    private final List<ChainFinding> findings = new ArrayList<>();
    private ChainLink last;
    private long entries;
    private boolean complete;

    /** {@code noted} is an entry as the caller knows it, from a log line for example; the chain must still hold it. */
    public ChainWalk(Optional<ChainLink> noted) {
        this(noted, ChainLink.origin());
    }

    /** The same from the entry after {@code verified} on, up to which an earlier walk came. */
    ChainWalk(Optional<ChainLink> noted, ChainLink verified) {
        this.noted = noted;
        this.last = verified;
    }

    /** Adds a fault that something else than the chain shows. */
    void add(ChainFinding finding) {
        findings.add(finding);
    }

    /** Verifies the next part; false when that was the last. */
    public boolean step(JdbcClient database) {
        AuditTable.Batch batch = AuditTable.batch(database, last.seq(), MOST_AT_ONCE);
        batch.entries().forEach(this::check);
        if (batch.entries().size() < MOST_AT_ONCE) {
            checkEnd(batch.head());
            complete = true;
        }
        return !complete;
    }

    /** The result so far. */
    public ChainVerdict verdict() {
        return new ChainVerdict(entries, last, complete, findings);
    }

    private void check(RecordedEntry entry) {
        ChainLink link = entry.link();
        long expected = last.seq() + 1;
        if (link.seq() != expected) {
            String which = link.seq() == expected + 1
                    ? "entry " + expected + " is"
                    : "entries " + expected + " to " + (link.seq() - 1) + " are";
            found(Kind.REMOVED, expected, which + " missing");
        } else if (!entry.follows(last)) {
            found(
                    Kind.CHANGED,
                    link.seq(),
                    "entry " + link.seq() + " was changed, or the one before it: its hash does not follow from them");
        }
        noted.filter(known -> known.seq() == link.seq() && !known.equals(link))
                .ifPresent(known -> found(
                        Kind.CHANGED,
                        link.seq(),
                        "entry " + link.seq() + " has the hash " + link.hash() + "; it was noted as " + known.hash()));
        last = link;
        entries++;
    }

    private void checkEnd(Optional<ChainLink> head) {
        if (head.isEmpty()) {
            found(
                    Kind.CUT_OFF,
                    last.seq() + 1,
                    "the recorded end of the chain is missing, so entries after entry " + last.seq()
                            + " may be missing too; new ones cannot be added");
        }
        head.filter(end -> !end.equals(last))
                .ifPresent(end -> found(
                        Kind.CUT_OFF,
                        Math.min(end.seq(), last.seq()) + 1,
                        "the chain ends with entry " + end + ", the table with entry " + last));
        noted.filter(known -> known.seq() > last.seq())
                .ifPresent(known -> found(
                        Kind.CUT_OFF,
                        last.seq() + 1,
                        "entry " + known.seq() + " was noted, and the table ends with entry " + last.seq()));
    }

    private void found(Kind kind, long seq, String message) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new ChainFinding(kind, seq, message));
        }
    }
}
