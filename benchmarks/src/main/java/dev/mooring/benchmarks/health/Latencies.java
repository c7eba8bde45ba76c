package dev.mooring.benchmarks.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** What a run at a constant rate found: latencies counted from the moment at which each request should have been sent. */
final class Latencies {
    private final int planned;
    private final long[] ascending;

    /**
     * Takes what was measured.
     *
     * @param planned requests that should have been sent
     * @param nanos one latency for each request that was answered
     */
    Latencies(int planned, long[] nanos) {
        this.planned = planned;
        this.ascending = nanos.clone();
        Arrays.sort(ascending);
    }

    /** Latencies of which none is missing. */
    static Latencies of(Collection<Long> nanos) {
        return new Latencies(
                nanos.size(), nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** A request that was never answered counts as slower than any that was. */
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
