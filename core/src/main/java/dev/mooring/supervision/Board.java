package dev.mooring.supervision;

import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the supervised dependencies and the last report. The supervisor writes it, any thread reads it: a read is one look at a field, and one at the clock that
 * shows whether the supervisor still makes steps.
 */
final class Board {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    /** The supervisor publishes at least every second. From this age on a report is stale, and nothing is known. */
    private static final long STALE = Duration.ofSeconds(3).toNanos();
    /**
     * For this long after a reader first found the report stale, the last readiness still counts: this process may only have
     * paused.
     */
    private static final long GRACE = Duration.ofSeconds(6).toNanos();

    private static final long NEVER = Long.MIN_VALUE;

    private final Time time;

    /**
     * Guards each change of the three fields below, so that no report from before the end of the service follows it, and no report without a
     * dependency follows one with it, or the other way round.
     */
    private final ReentrantLock writing = new ReentrantLock();

    private final Condition changed = writing.newCondition();

    /** What is supervised; immutable. Any thread reads it, and writes it with the lock held. */
    private volatile List<Watch> watches;

    /** The last report; immutable. Any thread reads it, and writes it with the lock held. */
    private volatile Published published;

    /** Set once, when the service shuts down. Guarded by the lock. */
    private boolean shuttingDown;

    /** When a reader first found the report stale, or {@link #NEVER}; readers race for the first place. */
    private final AtomicLong firstSeenStale = new AtomicLong(NEVER);

    private record Published(HealthReport report, long nanos) {}

    Board(Time time, List<Watch> watches) {
        this.time = time;
        this.watches = List.copyOf(watches);
        List<DependencyHealth> unasked = watches.stream().map(this::unasked).toList();
        this.published = new Published(Reports.starting(time.now(), unasked), time.nanos());
    }

    private DependencyHealth unasked(Watch watch) {
        Supervised spec = watch.spec();
        return spec.enabled()
                ? DependencyHealth.unknown(spec.name(), spec.critical(), time.now())
                : DependencyHealth.disabled(spec.name(), spec.critical(), time.now());
    }

    List<Watch> watches() {
        return watches;
    }

    /** Adds a dependency after {@code attach} began its supervision; until the next step the report says that it is unknown. */
    void add(Watch watch, Runnable attach) {
        String name = watch.spec().name();
        writing.lock();
        try {
            if (watches.stream().anyMatch(one -> one.spec().name().equals(name))) {
                throw new IllegalArgumentException("two dependencies are named " + name);
            }
            attach.run();
            List<Watch> all = new ArrayList<>(watches);
            all.add(watch);
            watches = List.copyOf(all);
            List<DependencyHealth> dependencies =
                    new ArrayList<>(published.report().dependencies());
            dependencies.add(unasked(watch));
            published = new Published(
                    Reports.of(time.now(), dependencies, Optional.empty(), shuttingDown), published.nanos());
            changed.signalAll();
        } finally {
            writing.unlock();
        }
    }

    /** Removes a dependency, also from the report; false when the board does not hold it. */
    boolean remove(Watch watch) {
        writing.lock();
        try {
            if (!watches.contains(watch)) {
                return false;
            }
            watches = watches.stream().filter(one -> one != watch).toList();
            List<DependencyHealth> others = published.report().dependencies().stream()
                    .filter(one -> !one.name().equals(watch.spec().name()))
                    .toList();
            published =
                    new Published(Reports.of(time.now(), others, Optional.empty(), shuttingDown), published.nanos());
            changed.signalAll();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Publishes the present health of {@code seen}, unless a dependency came or went since: then the next step publishes all. */
    void publish(List<Watch> seen, long now) {
        List<DependencyHealth> dependencies = new ArrayList<>(seen.size());
        Optional<PendingStart> pending = Optional.empty();
        for (Watch watch : seen) {
            dependencies.add(look(watch, now));
            if (watch.spec().critical()) {
                pending = pending.or(watch::pendingStart);
            }
        }
        writing.lock();
        try {
            if (!seen.equals(watches)) {
                return;
            }
            HealthReport report = Reports.of(time.now(), dependencies, pending, shuttingDown);
            Published last = published;
            boolean same = Reports.sayTheSame(last.report(), report);
            if (!same || now - last.nanos() >= Duration.ofSeconds(1).toNanos()) {
                published = new Published(report, now);
                firstSeenStale.set(NEVER);
            }
            if (!same) {
                changed.signalAll();
            }
        } finally {
            writing.unlock();
        }
    }

    /** One dependency that cannot be read must not make the whole report stale. */
    private DependencyHealth look(Watch watch, long now) {
        try {
            return watch.look(now);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "looking at {} failed; its status is unknown", watch.spec().name(), e);
            return DependencyHealth.unknown(watch.spec().name(), watch.spec().critical(), time.now());
        }
    }

    HealthReport read() {
        Published last = published;
        long now = time.nanos();
        if (now - last.nanos() < STALE) {
            return last.report();
        }
        firstSeenStale.compareAndSet(NEVER, now);
        boolean tooLong = now - firstSeenStale.get() >= GRACE;
        return Reports.stale(last.report(), tooLong);
    }

    void shuttingDown() {
        writing.lock();
        try {
            shuttingDown = true;
            Published last = published;
            published = new Published(
                    Reports.of(time.now(), last.report().dependencies(), Optional.empty(), true), time.nanos());
            changed.signalAll();
        } finally {
            writing.unlock();
        }
    }

    boolean awaitReady(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        writing.lock();
        try {
            while (!read().ready()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            writing.unlock();
        }
    }
}
