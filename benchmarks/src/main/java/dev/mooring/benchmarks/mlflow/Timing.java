package dev.mooring.benchmarks.mlflow;

import java.util.Arrays;
import java.util.Locale;

/**
 * The times of one kind of call.
 *
 * @param p50 the median, in nanoseconds
 * @param p95 the time that 95 of 100 calls do not exceed, in nanoseconds
 */
record Timing(long p50, long p95) {
    static Timing of(long[] nanos) {
        long[] ascending = nanos.clone();
        Arrays.sort(ascending);
        return new Timing(ascending[ascending.length / 2], ascending[ascending.length * 95 / 100]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f / %.1f ms", p50 / 1e6, p95 / 1e6);
    }
}
