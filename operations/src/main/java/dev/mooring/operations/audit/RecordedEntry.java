package dev.mooring.operations.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * An entry as it stands in the table.
 *
 * @param entry what happened
 * @param enteredAt when the service added it to the table, by the database's clock
 * @param link its number and its hash in the table
 */
public record RecordedEntry(AuditEntry entry, Instant enteredAt, ChainLink link) {
    /** The size of its texts. */
    long bytes() {
        return Stream.of(entry.actor(), entry.action(), entry.subject(), entry.reason(), entry.details())
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Whether its hash follows from its content and from the entry before. */
    boolean follows(ChainLink before) {
        return before.next(entry, enteredAt).equals(link);
    }
}
