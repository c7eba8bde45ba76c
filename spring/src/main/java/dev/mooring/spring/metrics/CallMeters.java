package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.CallCounts;
import dev.mooring.failure.FailureKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopTimer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Meters for calls, retries and the circuit breaker of a dependency. They read the counters that the breaker has anyway, so
 * that they cost a call nothing. Only the duration of calls needs a measurement in each call, which a denied meter switches
 * off.
 */
final class CallMeters {
    private final MeterRegistry registry;

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void register(Dependency dependency) {
        calls(dependency);
        retries(dependency);
        breaker(dependency);
        measure(dependency);
    }

    private void calls(Dependency dependency) {
        String what = "Calls that were admitted and have ended.";
        counter(dependency, "mooring.calls", what, Ending.tags(Optional.empty()), one -> counts(one)
                .succeeded());
        counter(dependency, "mooring.calls", what, Ending.IGNORED.withoutKind(), one -> counts(one)
                .ignored());
        for (FailureKind kind : FailureKind.values()) {
            counter(dependency, "mooring.calls", what, Ending.tags(Optional.of(kind)), one -> counts(one)
                    .failed()
                    .getOrDefault(kind, 0L));
        }
        counter(dependency, "mooring.breaker.refused", "Calls that were refused.", Tags.empty(), one -> counts(one)
                .refused());
    }

    private void retries(Dependency dependency) {
        String what = "Retries that were made.";
        counter(dependency, "mooring.retries", what, Tags.of("outcome", Ending.SUCCESS.code()), one -> one.retries()
                .succeeded());
        counter(dependency, "mooring.retries", what, Tags.of("outcome", Ending.FAILURE.code()), one -> one.retries()
                .failed());
        counter(
                dependency,
                "mooring.retry.budget.exhausted",
                "Retries that were not made because the budget was spent.",
                Tags.empty(),
                one -> one.retries().exhausted());
    }

    private void breaker(Dependency dependency) {
        for (BreakerState state : BreakerState.values()) {
            Tags labels = Tags.of("state", state.code());
            Gauge.builder("mooring.breaker.state", () -> stateOf(dependency) == state ? 1 : 0)
                    .description("1 for the present state of the circuit breaker, 0 for the others.")
                    .tags(of(dependency, labels))
                    .register(registry);
            counter(
                    dependency,
                    "mooring.breaker.seconds",
                    "Time of the circuit breaker in each state since the start.",
                    labels,
                    new Growing(one -> one.breaker().timeInStates().getOrDefault(state, Duration.ZERO)));
        }
        Gauge.builder("mooring.breaker.last.transition.timestamp", () -> lastMove(dependency))
                .description("When the circuit breaker last moved, in seconds since 1970.")
                .baseUnit("seconds")
                .tags(of(dependency, Tags.empty()))
                .register(registry);
    }

    private void measure(Dependency dependency) {
        Timer timer = Timer.builder("mooring.call")
                .description("How long admitted calls took, from the permit to the outcome.")
                .serviceLevelObjectives(Buckets.ANSWERS)
                .tags(of(dependency, Tags.empty()))
                .register(registry);
        if (!(timer instanceof NoopTimer)) {
            dependency.timer().tell(timer::record);
        }
    }

    private void counter(
            Dependency dependency, String name, String description, Tags labels, ToDoubleFunction<Dependency> count) {
        FunctionCounter.builder(name, dependency, count)
                .description(description)
                .tags(of(dependency, labels))
                .register(registry);
    }

    private static Tags of(Dependency dependency, Tags labels) {
        return Tags.of("dependency", dependency.name()).and(labels);
    }

    private static CallCounts counts(Dependency dependency) {
        return dependency.breaker().counts();
    }

    private static BreakerState stateOf(Dependency dependency) {
        return dependency.breaker().view().state();
    }

    private static double lastMove(Dependency dependency) {
        return dependency.breaker().view().since().toEpochMilli() / 1e3;
    }
}
