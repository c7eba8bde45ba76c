package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A time in seconds that never becomes less. Who reads times at the moment of a change may find the last stretch in neither state;
 * a counter that goes back by it would be taken for one that began anew, and all of it counted twice.
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
