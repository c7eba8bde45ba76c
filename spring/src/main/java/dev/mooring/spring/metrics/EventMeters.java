package dev.mooring.spring.metrics;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts and measures events of dependencies. It is a listener, so neither a call nor the supervisor waits for it. Thread-safe.
 */
final class EventMeters implements MooringListener {
    private final MeterRegistry registry;

    EventMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void on(MooringEvent event) {
        String name = event.dependency();
        if (event instanceof MooringEvent.BreakerMoved moved) {
            moves(name, new LegalMove(moved.from(), moved.to(), moved.cause())).increment();
        } else if (event instanceof MooringEvent.ProbeEnded probe) {
            probes(name, Ending.of(probe.failure())).record(probe.took());
        } else if (event instanceof MooringEvent.OutageDetected outage) {
            detection(name).record(outage.after());
        } else if (event instanceof MooringEvent.Recovered recovered) {
            recovery(name).record(recovered.after());
        } else if (event instanceof MooringEvent.ConnectionAttempted attempted) {
            attempts(name, attempted.failure().map(Failure::kind)).increment();
        }
    }

    /** Registers all meters of a dependency, so that they exist before the first event. */
    void prepare(String dependency) {
        LegalMove.ALL.forEach(move -> moves(dependency, move));
        probes(dependency, Ending.SUCCESS);
        probes(dependency, Ending.FAILURE);
        detection(dependency);
        recovery(dependency);
        attempts(dependency, Optional.empty());
        for (FailureKind kind : FailureKind.values()) {
            attempts(dependency, Optional.of(kind));
        }
    }

    private Counter moves(String dependency, LegalMove move) {
        return Counter.builder("mooring.breaker.transitions")
                .description("Transitions of the circuit breaker.")
                .tag("dependency", dependency)
                .tag("from", move.from().code())
                .tag("to", move.to().code())
                .tag("cause", move.cause().code())
                .register(registry);
    }

    private Timer probes(String dependency, Ending outcome) {
        return timer("mooring.probe", "Probes that ended, and how long they took.", Buckets.ANSWERS)
                .tag("dependency", dependency)
                .tag("outcome", outcome.code())
                .register(registry);
    }

    private Timer detection(String dependency) {
        return timer(
                        "mooring.detection",
                        "From the last good evidence until health reported the dependency down.",
                        Buckets.DETECTION)
                .tag("dependency", dependency)
                .register(registry);
    }

    private Timer recovery(String dependency) {
        return timer(
                        "mooring.recovery",
                        "From the report of an outage until the breaker admitted all calls.",
                        Buckets.RECOVERY)
                .tag("dependency", dependency)
                .register(registry);
    }

    private Counter attempts(String dependency, Optional<FailureKind> failure) {
        return Counter.builder("mooring.connection.attempts")
                .description("Attempts to open a connection.")
                .tags(Tags.of("dependency", dependency).and(Ending.tags(failure)))
                .register(registry);
    }

    private static Timer.Builder timer(String name, String description, Duration[] buckets) {
        return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
    }
}
