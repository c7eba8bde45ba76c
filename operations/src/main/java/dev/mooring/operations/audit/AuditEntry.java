package dev.mooring.operations.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One act, as it goes into the audit; {@link #of} makes one. An entry that was read back may break the bounds: someone may have
 * changed the table.
 *
 * @param id a name for the act, chosen once, so that the audit enters the act once
 * @param at when it happened, in whole microseconds
 * @param actor who did it
 * @param action what was done, such as {@code breaker.open}
 * @param subject what it was done to, such as the name of a dependency
 * @param reason why, in the actor's words; empty where none is asked for
 * @param details what else there is to know, for people; may be empty, never a secret
 */
public record AuditEntry(
        UUID id, Instant at, String actor, String action, String subject, String reason, String details) {
    /** The most characters of each text. */
    public static final int LONGEST = 10_000;

    /**
     * What happened just now.
     *
     * @throws IllegalArgumentException no actor or action; or a text that is longer than {@link #LONGEST} or holds NUL or half of a
     *     surrogate pair, which PostgreSQL cannot keep
     */
    public static AuditEntry of(String actor, String action, String subject, String reason, String details) {
        if (actor.isBlank() || action.isBlank()) {
            throw new IllegalArgumentException("an audit entry needs an actor and an action");
        }
        if (!Stream.of(actor, action, subject, reason, details).allMatch(AuditEntry::canBeKept)) {
            throw new IllegalArgumentException("a text of an audit entry has more than " + LONGEST
                    + " characters, or one that PostgreSQL cannot hold");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new AuditEntry(UUID.randomUUID(), now, actor, action, subject, reason, details);
    }

    /** The same act with other details. */
    public AuditEntry with(String otherDetails) {
        return new AuditEntry(id, at, actor, action, subject, reason, otherDetails);
    }

    private static boolean canBeKept(String text) {
        return text.length() <= LONGEST
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
