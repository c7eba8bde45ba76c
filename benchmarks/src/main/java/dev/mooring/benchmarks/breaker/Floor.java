package dev.mooring.benchmarks.breaker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The least that a breaker which counts its calls can cost: one volatile read to admit, one increment of a striped counter. It tells how
 * much of a figure is the machine's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Floor {
    /** Volatile, as the state of a breaker is; here no thread writes it. */
    private volatile LongAdder state = new LongAdder();

    @Benchmark
    public void floor() {
        state.increment();
    }
}
