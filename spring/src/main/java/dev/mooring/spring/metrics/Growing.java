package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A time in seconds that never decreases. A reader that comes during a change of state may find the latest stretch in neither
 * state. Prometheus takes a counter that decreases for one that started again, and would count its whole value twice.
 */
final class Growing implements ToDoubleFunction<Dependency> {
    private final Function<Dependency, Duration> time;
    private final AtomicLong most = new AtomicLong();

    Growing(Function<Dependency, Duration> time) {
        this.time = time;
    }

    @Override
    public double applyAsDouble(Dependency dependency) {
        return most.accumulateAndGet(time.apply(dependency).toNanos(), Math::max) / 1e9;
    }
}
