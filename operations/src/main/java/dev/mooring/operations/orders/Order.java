package dev.mooring.operations.orders;

import dev.mooring.operations.audit.AuditEntry;
import java.time.Duration;
import java.util.Optional;

/**
 * An order as an operator gives it.
 *
 * @param dependency the dependency whose breaker obeys it
 * @param kind what the breaker has to do
 * @param actor the name of the caller that gives it
 * @param reason why, in the caller's words; never blank
 * @param lasts how long it holds from now, for a kind that lasts; at most {@link #LONGEST}
 */
public record Order(String dependency, OrderKind kind, String actor, String reason, Optional<Duration> lasts) {
    /** How long an order holds when it gives no time. */
    public static final Duration DEFAULT = Duration.ofHours(1);
    /** The longest time that an order may hold. */
    public static final Duration LONGEST = Duration.ofDays(30);

    public Order {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an order needs a reason");
        }
        if (lasts.isPresent() != kind.lasts()) {
            throw new IllegalArgumentException(
                    "an order to " + kind.code() + (kind.lasts() ? " lasts" : " does not last"));
        }
        if (lasts.filter(time -> time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("an order lasts longer than 0 and at most 30 days");
        }
    }

    /** The audit entry of this order; {@code fleet} is whether all instances will obey it. */
    AuditEntry auditEntry(boolean fleet) {
        String details = lasts.map(time -> "lasts " + time.toSeconds() + " s; ").orElse("")
                + (fleet ? "all instances" : "only the instance that was asked");
        return AuditEntry.of(actor, "breaker." + kind.code(), dependency, reason, details);
    }
}
