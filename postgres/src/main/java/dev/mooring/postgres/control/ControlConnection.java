package dev.mooring.postgres.control;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.thread.BackgroundLoop;
import dev.mooring.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a database beside its pool, for work that must go on while an operator keeps the breaker open. A thread of its own,
 * the control thread, does all work, one transaction after the other. While the breaker is open because of failures, the thread uses no
 * network: calls fail at once and rounds wait. When the database answers again, the thread connects and runs every round at once. An
 * exception or {@link Error} of the work fails only that call or that round. Thread-safe.
 */
public final class ControlConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final int MOST_WAITING = 64;
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(2);
    /** The longest time until the thread notices that the database is back, or that {@link #close} was called. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** The rest after any other failure. */
    private static final Duration REST = Duration.ofMillis(500);
    /** The rest after a failure that only a person can fix, because frequent log-ins may lock the account. */
    private static final Duration PERMANENT_REST = Duration.ofSeconds(5);

    /** The time for all last rounds together, and the time that {@link #close} waits beyond it. */
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    private final Dependency database;
    private final Session session;
    private final BlockingQueue<Call<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Round> rounds = new CopyOnWriteArrayList<>();
    private final BackgroundLoop loop;

    /** The end of the rest after a failure, in nanoseconds. The control thread writes it, callers read it. */
    private volatile long restsUntil = System.nanoTime();

    /** Set once, by {@link #close}. */
    private volatile boolean closed;

    /** A connection to the database that {@code postgres} supervises. Starts the thread; the first work connects. */
    public ControlConnection(Postgres postgres) {
        database = postgres.dependency();
        session = new Session(postgres);
        loop = BackgroundLoop.of("mooring-control-" + database.name(), this::step);
        loop.start();
    }

    /**
     * Does the work in one transaction and waits for it, at most {@code limit}, cut to the {@link Deadline} of this thread. An exception
     * of the work reaches the caller as it is.
     *
     * @throws ControlUnavailableException the database is away or did not do the work in time, 64 calls wait already, or this
     *     connection is closed
     * @throws SQLException the database refused the work: a constraint, for example
     */
    public <T> T call(Work<T> work, Duration limit) throws SQLException {
        Optional<ControlUnavailableException> away = away();
        if (away.isPresent()) {
            throw away.get();
        }
        if (closed) {
            throw notDone("the service stops.");
        }
        Call<T> call = new Call<>(work, Deadline.cut(limit));
        if (!waiting.offer(call)) {
            throw notDone("the control connection is busy: " + MOST_WAITING + " calls wait for it already.");
        }
        try {
            return call.await();
        } catch (Call.GivenUpException late) {
            String message = "the database did not answer on the control connection in time.";
            throw late.isUnclear()
                    ? ControlUnavailableException.unclear(database.name(), message, REST)
                    : notDone(message);
        }
    }

    /**
     * Repeats {@code task} about every {@code period} while the database is there, at once when it is back, and a last time on
     * {@link #close}.
     *
     * @param name the name of the task in the log
     */
    public void every(Duration period, String name, Task task) {
        rounds.add(new Round(name, period, task));
    }

    private Duration step() throws InterruptedException {
        if (closed) {
            end();
            return Duration.ZERO;
        }
        rounds.forEach(round -> make(round, ROUND_LIMIT));
        Call<?> call = waiting.poll(pause(), TimeUnit.NANOSECONDS);
        if (call != null) {
            serve(call);
        }
        return Duration.ZERO;
    }

    private void end() {
        loop.end();
        try {
            makeLastRounds();
        } finally {
            for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
                call.fail(notDone("the service stops."));
            }
            session.giveUp();
        }
    }

    /** Runs all rounds, and a second time where the connection proved broken: an outage may have ended since the last round. */
    private void makeLastRounds() {
        long begun = System.nanoTime();
        do {
            restsUntil = System.nanoTime();
            rounds.forEach(Round::dueNow);
            rounds.forEach(round -> make(round, LAST_ROUND.minusNanos(System.nanoTime() - begun)));
        } while (rests() && System.nanoTime() - begun < LAST_ROUND.toNanos() / 2);
    }

    private long pause() {
        long soonest = LOOK.toNanos();
        if (away().isPresent()) {
            return soonest;
        }
        for (Round round : rounds) {
            soonest = Math.min(soonest, round.nanosUntilDue());
        }
        return Math.max(0, soonest);
    }

    private void make(Round round, Duration limit) {
        if (round.nanosUntilDue() <= 0 && limit.compareTo(Duration.ZERO) > 0 && away().isEmpty()) {
            Call<Boolean> call = round.next(limit);
            serve(call).ifPresentOrElse(round::failed, round::worked);
        }
    }

    /** Does the work of a call. Gives the failure of the work itself; empty when it succeeded or the database is away. */
    private <T> Optional<Throwable> serve(Call<T> call) {
        if (!call.begin(session.line())) {
            return Optional.empty();
        }
        int opened = session.opened();
        try {
            call.succeed(session.transact(call));
            return Optional.empty();
        } catch (Throwable failed) {
            Throwable why = explain(failed, call);
            call.fail(why);
            return why instanceof ControlUnavailableException ? Optional.empty() : Optional.of(why);
        } finally {
            if (call.isGivenUp()) {
                // The caller has cut the line, or is about to.
                session.giveUp();
            }
            if (session.opened() != opened && opened > 0) {
                rounds.forEach(Round::dueNow);
            }
        }
    }

    private Throwable explain(Throwable failed, Call<?> call) {
        Optional<FailureKind> kind = Session.kindOf(failed);
        if (kind.isEmpty()) {
            return failed;
        }
        rest(kind.get());
        String message = kind.get().code() + ": " + failed.getMessage();
        return call.isCommitting()
                ? ControlUnavailableException.unclear(database.name(), message, REST)
                : notDone(message);
    }

    private void rest(FailureKind kind) {
        if (kind != FailureKind.STATEMENT_TIMEOUT) {
            Duration rest = kind.isPermanent() ? PERMANENT_REST : REST;
            restsUntil = System.nanoTime() + rest.toNanos();
        }
    }

    /** Why the thread does not use the database now; empty when it does. Reads memory only. */
    private Optional<ControlUnavailableException> away() {
        if (database.breaker().view().state() == BreakerState.OPEN) {
            DependencyUnavailableException refusal = database.breaker().refusal();
            return Optional.of(
                    ControlUnavailableException.notDone(database.name(), refusal.getMessage(), refusal.retryAfter()));
        }
        return rests() ? Optional.of(notDone("the last attempt failed a moment ago.")) : Optional.empty();
    }

    private boolean rests() {
        return restsUntil - System.nanoTime() > 0;
    }

    private ControlUnavailableException notDone(String message) {
        return ControlUnavailableException.notDone(database.name(), message, REST);
    }

    /** Runs every round a last time and ends the thread; takes at most 2.2 s. */
    @Override
    public void close() {
        closed = true;
        if (!loop.awaitEnd(LAST_ROUND.plus(LOOK))) {
            session.line().cut();
            boolean ended = loop.awaitEnd(LAST_ROUND);
            LOG.debug("the control thread {} after its line was cut", ended ? "ended" : "goes on");
        }
    }
}
