package dev.mooring.operations.audit;

import java.time.Instant;

/**
 * Selects entries, newest first.
 *
 * @param since only acts from this moment on
 * @param actor only acts of this actor; empty for every actor
 * @param below only entries with a smaller number
 * @param most the most entries
 */
public record AuditQuery(Instant since, String actor, long below, int most) {}
