package dev.mooring.operations.audit;

import java.time.Instant;

/**
 * Which entries are asked for, newest first.
 *
 * @param since acts not older than this
 * @param actor who did them; empty for anybody
 * @param below only entries with a smaller number
 * @param most the most entries
 */
public record AuditQuery(Instant since, String actor, long below, int most) {}
