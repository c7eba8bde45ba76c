package dev.mooring.operations.audit;

import java.time.Instant;

/**
 * An entry as it stands in the table.
 *
 * @param entry what happened
 * @param enteredAt when it came into the table, by the database's clock
 * @param link its number and its hash, as they stand there
 */
public record RecordedEntry(AuditEntry entry, Instant enteredAt, ChainLink link) {
    /** Whether its hash is the one that follows from what it says and from the entry before. */
    boolean follows(ChainLink before) {
        return before.next(entry, enteredAt).equals(link);
    }
}
