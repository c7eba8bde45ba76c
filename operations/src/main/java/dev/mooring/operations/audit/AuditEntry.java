package dev.mooring.operations.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One act in the audit; {@link #of} makes one. An entry from the table may break the bounds, because a user of the database may have
 * changed it.
 *
 * @param id identifies the act, so that the audit does not hold it twice
 * @param at when it happened, in whole microseconds
 * @param actor the name of the caller that did it
 * @param action the kind of act, such as {@code breaker.open}
 * @param subject the thing that the act changed, such as the name of a dependency
 * @param reason why, in the actor's words; empty for acts that need no reason
 * @param details more about the act, for people; may be empty, never holds a secret
 */
public record AuditEntry(
        UUID id, Instant at, String actor, String action, String subject, String reason, String details) {
    /** The most Unicode characters of each text. */
    public static final int LONGEST = 10_000;

    /**
     * An entry for an act that has just happened.
     *
     * @throws IllegalArgumentException {@code actor} or {@code action} is blank, or a text is longer than {@link #LONGEST} or holds
     *     NUL or half of a surrogate pair, which PostgreSQL cannot store
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

    /** The same entry with other details. */
    public AuditEntry with(String otherDetails) {
        return new AuditEntry(id, at, actor, action, subject, reason, otherDetails);
    }

    private static boolean canBeKept(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
