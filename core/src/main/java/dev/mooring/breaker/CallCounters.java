package dev.mooring.breaker;

import dev.mooring.failure.FailureKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Striped counters of calls, so that counting never makes two threads wait for one cache line. */
final class CallCounters {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final Map<FailureKind, LongAdder> failed = new EnumMap<>(FailureKind.class);

    CallCounters() {
        for (FailureKind kind : FailureKind.values()) {
            failed.put(kind, new LongAdder());
        }
    }

    void succeeded() {
        succeeded.increment();
    }

    void refused() {
        refused.increment();
    }

    void ignored() {
        ignored.increment();
    }

    @SuppressWarnings("NullAway") // every kind was put in by the constructor
    void failed(FailureKind kind) {
        failed.get(kind).increment();
    }

    CallCounts read() {
        Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
        failed.forEach((kind, count) -> {
            long sum = count.sum();
            if (sum > 0) {
                failures.put(kind, sum);
            }
        });
        return new CallCounts(succeeded.sum(), refused.sum(), ignored.sum(), failures);
    }
}
