package dev.mooring.registry.intents;

import dev.mooring.registry.audit.AuditEntry;
import dev.mooring.spring.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * An order as an operator gives it.
 *
 * @param dependency of whose breaker
 * @param act what
 * @param actor who gives it
 * @param reason why; never blank
 * @param lasts for how long, from now, where the act lasts; at most {@link #LONGEST}
 */
public record Order(String dependency, Act act, String actor, String reason, Optional<Duration> lasts) {
    /** How long an order holds that does not say so. */
    public static final Duration DEFAULT = Duration.ofHours(1);
    /** The longest that an order may hold. */
    public static final Duration LONGEST = Duration.ofDays(30);

    public Order {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an order needs a reason");
        }
        if (lasts.isPresent() != act.lasts()) {
            throw new IllegalArgumentException(
                    "an order to " + act.code() + (act.lasts() ? " lasts" : " does not last"));
        }
        if (lasts.filter(time -> time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("an order lasts longer than 0 and at most 30 days");
        }
    }

    /** Its entry in the audit; {@code fleet} is whether all instances are to obey it. */
    AuditEntry auditEntry(boolean fleet) {
        String details = new JsonObject()
                .put("expires_in_seconds", lasts.map(Duration::toSeconds))
                .put("fleet", fleet)
                .text();
        return AuditEntry.of(actor, "breaker." + act.code(), dependency, reason, details);
    }
}
