package dev.mooring.breaker;

import java.time.Duration;

/**
 * What an operator ordered. It always ends by itself: nobody remembers on Monday what was forced on Friday.
 *
 * @param actor who ordered it
 * @param reason why; never blank
 * @param lasts until when it holds, from now; positive, at most 30 days
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
}
