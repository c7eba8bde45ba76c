package dev.mooring.benchmarks.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** The latencies of a run at a constant rate, each counted from the moment at which its request was due. */
public final class Latencies {
    private final int planned;
    private final long[] ascending;

    /**
     * Creates the result.
     *
     * @param planned the requests that were due
     * @param nanos one latency for each request that was answered
     */
    Latencies(int planned, long[] nanos) {
        this.planned = planned;
        this.ascending = nanos.clone();
        Arrays.sort(ascending);
    }

    /** Latencies without a missing one. */
    static Latencies of(Collection<Long> nanos) {
        return new Latencies(
                nanos.size(), nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** A percentile in milliseconds; infinite if too few requests were answered. */
    public double millis(double share) {
        int rank = (int) Math.ceil(share * planned) - 1;
        return rank < ascending.length ? ascending[rank] / 1e6 : Double.POSITIVE_INFINITY;
    }

    /** Ranks a request without an answer as slower than every answered one. */
    private String percentile(double share) {
        int rank = (int) Math.ceil(share * planned) - 1;
        return rank < ascending.length ? String.format(Locale.ROOT, "%.1f ms", ascending[rank] / 1e6) : "no answer";
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d answered, p50 %s, p99 %s, p99.9 %s, longest %s",
                ascending.length,
                planned,
                percentile(0.5),
                percentile(0.99),
                percentile(0.999),
                percentile(1));
    }
}
