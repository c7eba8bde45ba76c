package dev.mooring.breaker;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An operator's act on a breaker. It always expires, so that a forgotten act does not stay in force.
 *
 * @param actor the person or key that ordered it
 * @param reason why; never blank
 * @param lasts how long it holds; positive, at most 30 days
 */
public record OperatorAct(String actor, String reason, Duration lasts) {
    private static final Duration LONGEST = Duration.ofDays(30);

    public OperatorAct {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an operator's act needs a reason");
        }
        if (lasts.isNegative() || lasts.isZero() || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an operator's act must last longer than 0 and at most 30 days");
        }
    }

    /** The act in words, as a log line says it: {@code by night shift ("upgrade to 3.16") until 2026-01-01T03:45:00Z}. */
    public String words(Instant given) {
        return "by " + actor + " (\"" + reason + "\") until "
                + given.plus(lasts).truncatedTo(ChronoUnit.SECONDS);
    }
}
