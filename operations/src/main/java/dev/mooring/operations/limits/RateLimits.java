package dev.mooring.operations.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.mooring.spring.memory.FromMemory;
import dev.mooring.time.Time;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The requests that each caller has left, in memory. It drops a caller after an idle hour, when its quotas are full anyway, and the one that
 * it saw least when there are more than 100,000; that one begins with full quotas again. Thread-safe.
 */
final class RateLimits implements FromMemory {
    private static final int MOST_CALLERS = 100_000;

    private final LoadingCache<Limited, Bucket> buckets;

    /**
     * A caller with its quotas; other quotas of the same caller start anew.
     *
     * @param caller its name, different from that of every other caller
     * @param quotas at least one
     */
    record Limited(String caller, List<Quota> quotas) {}

    RateLimits(Time time) {
        TimeMeter clock = new Monotonic(time, time.nanos());
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofHours(1))
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build(who -> bucket(who.quotas(), clock));
    }

    private static Bucket bucket(List<Quota> quotas, TimeMeter clock) {
        LocalBucketBuilder bucket = Bucket.builder().withCustomTimePrecision(clock);
        quotas.forEach(quota -> bucket.addLimit(quota.bandwidth()));
        return bucket.build();
    }

    /** Takes one request from all quotas of the caller, or from none of them if one is used up. */
    Grant take(Limited who) {
        VerboseResult<ConsumptionProbe> taken = buckets.get(who).asVerbose().tryConsumeAndReturnRemaining(1);
        ConsumptionProbe probe = taken.getValue();
        Optional<Duration> wait =
                probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        long[] left = taken.getDiagnostics().getAvailableTokensPerEachBandwidth();
        List<Grant.Standing> standings = new ArrayList<>();
        for (int i = 0; i < who.quotas().size(); i++) {
            Quota quota = who.quotas().get(i);
            boolean isUsedUp = left[i] <= 0;
            standings.add(new Grant.Standing(
                    quota, Math.max(0, left[i]), isUsedUp ? wait.orElse(quota.pause()) : quota.pause()));
        }
        return new Grant(standings, wait);
    }

    /** The monotonic clock, for Bucket4j: since the start, because Bucket4j cannot deal with a clock that wraps around. */
    private record Monotonic(Time time, long start) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return time.nanos() - start;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
