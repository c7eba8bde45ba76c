package dev.mooring.operations.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.problem.RetryAfter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A breaker as operators see it.
 *
 * @param dependency the name of its dependency
 * @param state as in {@link dev.mooring.breaker.BreakerState}
 * @param since when the state began
 * @param failuresInARow failures since the last success, while closed
 * @param retryAfterSeconds the least time for which the breaker still refuses calls; null while it admits them
 * @param forced the order in force; null without one
 * @param fleet in the answer to an order: true if all instances obey it, false if only the answering one does; otherwise null
 */
@Answer
record BreakerStatus(
        String dependency,
        String state,
        Instant since,
        @JsonProperty("failures_in_a_row") int failuresInARow,
        @Nullable Long retryAfterSeconds,
        @Nullable Forced forced,
        @Nullable Boolean fleet) {

    /**
     * An operator's order in force.
     *
     * @param actor the name of the caller that gave it
     * @param reason why, in the caller's words
     * @param expiresAt when it expires
     */
    @Answer
    record Forced(String actor, String reason, Instant expiresAt) {
        static Forced of(OperatorAct order, Instant since) {
            return new Forced(
                    order.actor(), order.reason(), since.plus(order.lasts()).truncatedTo(ChronoUnit.MILLIS));
        }
    }

    static BreakerStatus of(Dependency dependency) {
        BreakerView view = dependency.breaker().view();
        return new BreakerStatus(
                dependency.name(),
                view.state().name(),
                view.since().truncatedTo(ChronoUnit.MILLIS),
                view.failuresInARow(),
                view.retryAfter().map(RetryAfter::seconds).orElse(null),
                view.forced().map(order -> Forced.of(order, view.since())).orElse(null),
                null);
    }

    BreakerStatus afterOrder(boolean everywhere) {
        return new BreakerStatus(dependency, state, since, failuresInARow, retryAfterSeconds, forced, everywhere);
    }
}
