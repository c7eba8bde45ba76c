package dev.mooring.benchmarks.breaker;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The closed breaker with work handed over, as users write it. Our call passes a bulkhead too, those of the peers do not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedWork {
    private final Object answer = new Object();
    private final Callable<Object> work = () -> answer;
    private final Dependency dependency = Peers.mooring();
    private final FailsafeExecutor<Object> failsafe = Failsafe.with(Peers.failsafe());
    private final Callable<Object> resilience4j = Peers.resilience4j().decorateCallable(work);

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
    public Object mooring() throws Exception {
        return dependency.call(work).get();
    }

    @Benchmark
    public Object failsafe() {
        return failsafe.get(work::call);
    }

    @Benchmark
    public Object resilience4j() throws Exception {
        return resilience4j.call();
    }
}
