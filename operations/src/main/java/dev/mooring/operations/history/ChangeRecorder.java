package dev.mooring.operations.history;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.history.HealthHistory;
import dev.mooring.history.StateChange;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records changes of status in the database, and restores the recorded ones to memory. A database cannot record its own outage, so
 * changes wait here until the database is back. At most 2,000 changes wait: each further change replaces the oldest, and after a restart
 * the history lacks the oldest. Thread-safe: one thread adds changes, the control thread calls {@link #round}.
 */
final class ChangeRecorder implements MooringListener {
    private static final int MOST_WAITING = 2_000;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);

    private final StateChangeTable table;
    private final HealthHistory history;
    private final Time time;

    /** Changes by number. A change stays until a later {@link #round} finds it committed. */
    private final ConcurrentSkipListMap<Long, StateChange> waiting = new ConcurrentSkipListMap<>();

    private final AtomicLong numbers = new AtomicLong();

    /** Whether {@link #history} has the recorded changes. Only the control thread uses this field. */
    private boolean restored;

    /** The time of the last cleaning. Only the control thread uses this field. */
    private Instant cleaned = Instant.MIN;

    ChangeRecorder(StateChangeTable table, HealthHistory history, Time time) {
        this.table = table;
        this.history = history;
        this.time = time;
    }

    @Override
    public void on(MooringEvent event) {
        if (event instanceof MooringEvent.StatusChanged changed) {
            waiting.put(numbers.incrementAndGet(), StateChange.of(changed));
            while (waiting.size() > MOST_WAITING) {
                waiting.pollFirstEntry();
            }
        }
    }

    /** Makes one pass in one transaction: drops the waiting changes that an earlier pass has committed, and inserts the others. */
    void round(JdbcClient database) {
        Instant now = time.now();
        Instant oldest = now.minus(history.keep());
        if (!restored) {
            history.restore(Recorded.withEnds(table.earlier(database, oldest)));
            restored = true;
        }
        if (!waiting.isEmpty()) {
            waiting.headMap(table.last(database), true).clear();
            table.insert(database, new TreeMap<>(waiting));
        }
        table.seen(database, now);
        if (cleaned.isBefore(now.minus(BETWEEN_CLEANINGS))) {
            table.forget(database, oldest);
            cleaned = now;
        }
    }
}
