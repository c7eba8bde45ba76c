package dev.mooring.registry.mirror;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpBackend;
import dev.mooring.probe.Finding;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.retry.Backoff;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The thread {@code mooring-mirror}: it compares each mirror with MLflow again and again, and asks for the models about which a mirror is in
 * doubt. Of several processes on one database, one works on a mirror at a time. It rests while MLflow is away.
 */
final class MirrorLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorLoop.class);
    private static final Duration WITHOUT_WORK = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Backoff RESTS = Backoff.exponential(AFTER_FAILURE).cap(Duration.ofMinutes(1));
    private static final Duration NOTE_HOLDS = Duration.ofMinutes(1);
    /** A mirror is too old after so many intervals without a complete comparison. */
    private static final int TOO_OLD = 3;

    /** Half a minute; the database reports shorter outages itself. */
    private static final int MANY = 15;

    private static final Duration NEVER_TOO_OLD = Duration.ofMinutes(10);

    private final Dependency mlflow;
    private final Transactions transactions;
    private final Runnable enterMissed;
    private final SyncTable table;
    private final Comparison comparison;
    private final Spending spending;
    private final MirrorPlan plan;
    private final Time time;
    private final UUID process = UUID.randomUUID();
    private final BackgroundLoop loop;

    /** Only the loop's thread uses them. */
    private int failures;

    private boolean noted;

    /** The mirrors for which MLflow did not answer. */
    private final Map<Origin, Rest> resting = new HashMap<>();

    /**
     * When the last complete comparison of MLflow's own registry began, by the monotonic clock; the start of this process before the first one.
     * Written by the loop, read by metrics.
     */
    private volatile long completeAt;

    /**
     * The work on a mirror rests.
     *
     * @param until by the monotonic clock
     * @param failures how often in a row MLflow did not answer
     */
    private record Rest(long until, int failures) {}

    MirrorLoop(
            HttpBackend mlflow,
            Mirror mirror,
            Transactions transactions,
            JdbcClient database,
            MissedChanges missed,
            MirrorPlan plan,
            Time time) {
        this.mlflow = mlflow.dependency();
        this.transactions = transactions;
        this.enterMissed = () -> missed.enter(transactions, database);
        this.table = new SyncTable(database);
        this.spending = new Spending(plan.pause());
        MlflowReader reader =
                new MlflowReader(mlflow, mlflow.settings().limits().response(), spending::add);
        this.comparison = new Comparison(reader, mirror, transactions, database, plan.rows());
        this.plan = plan;
        this.time = time;
        this.completeAt = time.nanos();
        this.loop = BackgroundLoop.of("mooring-mirror", this::step);
    }

    /** Starts the thread. */
    MirrorLoop start() {
        loop.start();
        return this;
    }

    /** Makes the thread look for work now. */
    void wake() {
        loop.wake();
    }

    /** How long ago the last complete comparison of MLflow's own registry began; since the start of this process before the first one. */
    Duration age() {
        return Duration.ofNanos(time.nanos() - completeAt);
    }

    private Duration step() {
        try {
            enterMissed.run();
            boolean worked = work();
            failures = 0;
            tellAge();
            Duration rest = spending.rest();
            return worked || rest.compareTo(WITHOUT_WORK) > 0 ? rest : WITHOUT_WORK;
        } catch (RuntimeException trouble) {
            failures++;
            LOG.atLevel(failures == MANY ? Level.WARN : Level.DEBUG)
                    .log("the mirror of MLflow's registry waits, because a step of it failed: {}", trouble.toString());
            Duration unused = spending.rest();
            return AFTER_FAILURE;
        }
    }

    private boolean isReady() {
        BreakerState state = mlflow.breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }

    /** Does one thing for each mirror; false if nothing is due. */
    private boolean work() {
        boolean worked = false;
        for (Origin origin : isReady() ? origins() : List.<Origin>of()) {
            Rest rest = resting.get(origin);
            boolean mayWork = isReady() && (rest == null || rest.until() - time.nanos() <= 0);
            worked |= mayWork && workUnlessAway(origin);
        }
        return worked;
    }

    /** MLflow may have no answer for one workspace, for example a deleted one, and work for the others. */
    private boolean workUnlessAway(Origin origin) {
        try {
            Optional<Position> claimed = transactions.write(() -> table.claim(origin, process));
            boolean worked = claimed.isPresent() && work(origin, claimed.get());
            resting.remove(origin);
            if (origin.equals(Origin.MLFLOW)) {
                transactions
                        .read(() -> table.find(origin))
                        .flatMap(Position::completeAgo)
                        .ifPresent(ago -> completeAt = time.nanos() - ago.toNanos());
            }
            return worked;
        } catch (AwayException away) {
            LOG.debug("the mirror waits: {}", away.getMessage());
            rest(origin);
            return false;
        }
    }

    /** What asks for a deleted workspace again and again takes time from the others, so it rests longer each time. */
    private void rest(Origin origin) {
        Rest before = resting.get(origin);
        int failures = before == null || origin.equals(Origin.MLFLOW) ? 1 : before.failures() + 1;
        Duration pause = RESTS.delayAfter(failures, ThreadLocalRandom.current());
        resting.put(origin, new Rest(time.nanos() + pause.toNanos(), failures));
    }

    private List<Origin> origins() {
        List<Origin> known = transactions.read(table::all);
        if (known.contains(Origin.MLFLOW)) {
            return known;
        }
        return transactions.write(() -> {
            table.add(Origin.MLFLOW);
            return table.all();
        });
    }

    private boolean work(Origin origin, Position position) throws AwayException {
        boolean doubted = comparison.doubt(origin);
        boolean asked = comparison.link(origin) || doubted;
        if (position.phase().isPresent()) {
            comparison.step(origin, position);
            return true;
        }
        boolean due = position.startedAgo()
                .map(ago -> ago.compareTo(plan.interval()) >= 0)
                .orElse(true);
        if (due) {
            comparison.begin(origin);
        }
        return asked || due;
    }

    private void tellAge() {
        Duration limit = plan.interval().multipliedBy(TOO_OLD);
        Duration most = limit.compareTo(NEVER_TOO_OLD) < 0 ? NEVER_TOO_OLD : limit;
        Duration age = age();
        if (age.compareTo(most) > 0) {
            mlflow.note(
                    new Finding(
                            FailureKind.UNKNOWN,
                            "the mirror of its registry was last compared with it " + age.toMinutes()
                                    + " min ago, so in an outage reads would be answered that old; see the log for why"),
                    NOTE_HOLDS);
            noted = true;
        } else if (noted) {
            mlflow.clear(FailureKind.UNKNOWN);
            noted = false;
        }
    }

    /** Ends the thread, and leaves its mirrors to other processes. */
    @Override
    public void close() {
        loop.close();
        try {
            boolean unused = transactions.write(() -> {
                table.release(process);
                return true;
            });
        } catch (RuntimeException away) {
            LOG.debug("other processes take over the mirror in {}: {}", SyncTable.LEASE, away.getMessage());
        }
    }
}
