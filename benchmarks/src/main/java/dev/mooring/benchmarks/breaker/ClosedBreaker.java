package dev.mooring.benchmarks.breaker;

import dev.failsafe.CircuitBreaker;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The closed breaker: take a permit, record a success. All threads share one breaker; ours is supervised. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClosedBreaker {
    private final Dependency dependency = Peers.mooring();
    private final CircuitBreaker<Object> failsafe = Peers.failsafe();
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j = Peers.resilience4j();

    @SuppressWarnings("NullAway.Init") // set by begin()
    private Mooring mooring;

    @Setup
    public void begin() {
        mooring = Mooring.supervise(dependency);
    }

    @TearDown
    public void end() {
        mooring.close();
    }

    @Benchmark
    public void mooring() {
        dependency.acquire().success();
    }

    @Benchmark
    public void failsafe() {
        failsafe.acquirePermit();
        failsafe.recordSuccess();
    }

    /** Passes a constant duration, for which the decorators of resilience4j would read the clock twice. */
    @Benchmark
    public void resilience4j() {
        resilience4j.acquirePermission();
        resilience4j.onSuccess(1, TimeUnit.NANOSECONDS);
    }
}
