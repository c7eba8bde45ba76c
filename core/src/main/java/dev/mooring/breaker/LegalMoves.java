package dev.mooring.breaker;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The moves that a breaker may make, by their cause; {@link Breaker} makes no other. */
final class LegalMoves {
    private static final Set<BreakerState> ORDERED = Set.of(BreakerState.FORCED_OPEN, BreakerState.BYPASSED);

    private static final Map<TransitionCause, Rule> RULES = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    TransitionCause.CONSECUTIVE_FAILURES,
                    from(BreakerState.CLOSED).to(BreakerState.OPEN)),
            Map.entry(TransitionCause.FAILURE_RATE, from(BreakerState.CLOSED).to(BreakerState.OPEN)),
            Map.entry(TransitionCause.SILENCE, from(BreakerState.CLOSED).to(BreakerState.OPEN)),
            Map.entry(
                    TransitionCause.PERMANENT_FAILURE, from(BreakerState.CLOSED).to(BreakerState.OPEN)),
            Map.entry(TransitionCause.UNPREPARED, from(BreakerState.CLOSED).to(BreakerState.OPEN)),
            Map.entry(
                    TransitionCause.PROBE_SUCCEEDED,
                    from(BreakerState.OPEN).to(BreakerState.RECOVERING, BreakerState.CLOSED)),
            Map.entry(TransitionCause.PAUSE_OVER, from(BreakerState.OPEN).to(BreakerState.RECOVERING)),
            Map.entry(
                    TransitionCause.ENOUGH_SUCCESSES,
                    from(BreakerState.RECOVERING).to(BreakerState.CLOSED)),
            Map.entry(
                    TransitionCause.RECOVERY_FAILED,
                    from(BreakerState.RECOVERING).to(BreakerState.OPEN)),
            Map.entry(
                    TransitionCause.OPERATOR,
                    from(BreakerState.values())
                            .to(BreakerState.CLOSED, BreakerState.FORCED_OPEN, BreakerState.BYPASSED)),
            Map.entry(TransitionCause.EXPIRED, new Rule(ORDERED, Set.of(BreakerState.OPEN, BreakerState.CLOSED)))));

    private record Rule(Set<BreakerState> from, Set<BreakerState> to) {
        Rule to(BreakerState... states) {
            return new Rule(from, Set.of(states));
        }

        boolean allows(BreakerState left, BreakerState entered) {
            return from.contains(left) && to.contains(entered);
        }
    }

    private LegalMoves() {}

    /** Whether {@code cause} may move a breaker from one state to the other. */
    static boolean contain(BreakerState from, BreakerState to, TransitionCause cause) {
        Rule rule = RULES.get(cause);
        return rule != null && rule.allows(from, to);
    }

    private static Rule from(BreakerState... states) {
        return new Rule(Set.of(states), Set.of());
    }
}
