package dev.mooring.operations.audit;

import java.time.Instant;

/**
 * An entry as it stands in the table.
 *
 * @param entry what happened
 * @param enteredAt when the service added it to the table, by the database's clock
 * @param link its number and its hash in the table
 */
public record RecordedEntry(AuditEntry entry, Instant enteredAt, ChainLink link) {
    /** Whether its hash follows from its content and from the entry before. */
    boolean follows(ChainLink before) {
        return before.next(entry, enteredAt).equals(link);
    }
}
