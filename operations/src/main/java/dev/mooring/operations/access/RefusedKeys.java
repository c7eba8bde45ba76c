package dev.mooring.operations.access;

import dev.mooring.failure.Coded;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The calls that access refused, counted by reason. A thread of its own logs them: the first at once, and from then on one line a minute
 * with the numbers and the addresses that most of them came from. Thread-safe.
 */
final class RefusedKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedKeys.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration NOTHING_TO_SAY = Duration.ofHours(1);
    private static final int MOST_ADDRESSES = 1_000;
    private static final int MOST_NAMED = 5;

    /** Why a call is refused. */
    enum Reason implements Coded {
        /** The key is not valid. */
        INVALID("with a key that is not valid"),
        /** The key does not have the scope. */
        SCOPE_MISSING("with a key that lacks the scope"),
        /** The service cannot tell now whether the key is valid. */
        UNDECIDED("with a key that cannot be checked now"),
        /** The call has no key. */
        MISSING("without a key");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Time time;
    private final Map<Reason, LongAdder> totals = new ConcurrentHashMap<>();
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-refused-keys", this::step);

    /** What the next line says. This object's lock guards it. */
    private Tally tally = new Tally();

    /** When the last line was written, in nanoseconds; empty before the first. Only the thread uses it. */
    private Optional<Long> lastLine = Optional.empty();

    RefusedKeys(Time time) {
        this.time = time;
    }

    /** Starts the thread that logs. */
    RefusedKeys started() {
        loop.start();
        return this;
    }

    /** Counts a call from this address. */
    void count(Reason reason, String address) {
        adder(reason).increment();
        if (add(reason, address)) {
            loop.wake();
        }
    }

    private synchronized boolean add(Reason reason, String address) {
        boolean isFirst = tally.calls == 0;
        tally.add(reason, address);
        return isFirst;
    }

    /** How many calls were refused for this reason since the start. */
    long total(Reason reason) {
        return adder(reason).sum();
    }

    private LongAdder adder(Reason reason) {
        return totals.computeIfAbsent(reason, missing -> new LongAdder());
    }

    /** Writes the line that is due, if one is; gives the time until the next. Only the thread calls it. */
    Duration step() {
        long now = time.nanos();
        Duration left = lastLine.map(line -> PERIOD.minusNanos(now - line))
                .filter(rest -> rest.compareTo(Duration.ZERO) > 0)
                .orElse(Duration.ZERO);
        if (left.compareTo(Duration.ZERO) > 0) {
            return left;
        }
        Tally counted = taken();
        if (counted.calls == 0) {
            return NOTHING_TO_SAY;
        }
        LOG.atLevel(counted.isHarmless() ? Level.INFO : Level.WARN)
                .addKeyValue("refused", counted.calls)
                .log("access refused {}", counted.words());
        lastLine = Optional.of(now);
        return PERIOD;
    }

    private synchronized Tally taken() {
        Tally counted = tally;
        tally = new Tally();
        return counted;
    }

    @Override
    public void close() {
        loop.close();
    }

    /** The refused calls between two lines. Not thread-safe. */
    private static final class Tally {
        private final Map<Reason, Long> byReason = new EnumMap<>(Reason.class);
        private final Map<String, Long> byAddress = new HashMap<>();
        private long calls;

        void add(Reason reason, String address) {
            calls++;
            byReason.merge(reason, 1L, Long::sum);
            if (byAddress.size() < MOST_ADDRESSES || byAddress.containsKey(address)) {
                byAddress.merge(address, 1L, Long::sum);
            }
        }

        /** Whether no call had a key: such a call is usually a first try, while a wrong key may be one that leaked, ended or is guessed. */
        boolean isHarmless() {
            return byReason.keySet().stream().allMatch(Reason.MISSING::equals);
        }

        String words() {
            String reasons = byReason.entrySet().stream()
                    .map(one -> one.getValue() + " " + one.getKey().words)
                    .collect(Collectors.joining(", "));
            String addresses = byAddress.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_NAMED)
                    .map(one -> one.getKey() + " (" + one.getValue() + ")")
                    .collect(Collectors.joining(", "));
            String more = byAddress.size() > MOST_NAMED ? " and others" : "";
            return calls + (calls == 1 ? " call: " : " calls: ") + reasons + "; from " + addresses + more;
        }
    }
}
