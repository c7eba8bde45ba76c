package dev.mooring.benchmarks.breaker;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The open breaker: a caller asks for a permit and gets none, and a caller gets the exception. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenBreaker {
    private final Dependency dependency = Peers.mooring();
    private final CircuitBreaker<Object> failsafe = Peers.failsafe();
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j = Peers.resilience4j();

    @SuppressWarnings("NullAway.Init") // set by begin()
    private Mooring mooring;

    @Setup
    public void begin() {
        mooring = Mooring.supervise(dependency);
        Failure refused = new Failure(FailureKind.CONNECTION_REFUSED, "Connection refused", Instant.now());
        for (Permit permit = ask(); permit != null; permit = ask()) {
            permit.failure(refused);
        }
        failsafe.open();
        resilience4j.transitionToOpenState();
    }

    @TearDown
    public void end() {
        mooring.close();
    }

    private @Nullable Permit ask() {
        return dependency.breaker().tryAcquire();
    }

    @Benchmark
    public boolean asked_mooring() {
        return ask() != null;
    }

    @Benchmark
    public boolean asked_failsafe() {
        return failsafe.tryAcquirePermit();
    }

    @Benchmark
    public boolean asked_resilience4j() {
        return resilience4j.tryAcquirePermission();
    }

    @Benchmark
    public Object thrown_mooring() {
        try {
            return dependency.acquire();
        } catch (DependencyUnavailableException refused) {
            return refused;
        }
    }

    @Benchmark
    public Object thrown_failsafe() {
        try {
            failsafe.acquirePermit();
            return failsafe;
        } catch (CircuitBreakerOpenException refused) {
            return refused;
        }
    }

    @Benchmark
    public Object thrown_resilience4j() {
        try {
            resilience4j.acquirePermission();
            return resilience4j;
        } catch (CallNotPermittedException refused) {
            return refused;
        }
    }
}
