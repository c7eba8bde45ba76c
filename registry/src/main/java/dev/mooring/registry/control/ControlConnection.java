package dev.mooring.registry.control;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
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
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * One connection to the database beside the pool, on the thread {@code mooring-control}, for what must go on while calls are refused.
 * While the database is known to be down nothing is tried: a call is told so at once, and rounds wait. It connects by itself as soon as
 * the database answers again, and then every round is due. Thread-safe.
 */
public final class ControlConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final int MOST_WAITING = 64;
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(2);
    /** How often the thread looks whether the database is back. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration REST = Duration.ofMillis(500);
    /** While somebody has to change something: accounts get locked by asking. */
    private static final Duration PERMANENT_REST = Duration.ofSeconds(5);

    /** What all rounds together have at the end, and how long {@link #close} waits beyond it. */
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    private final Dependency database;
    private final Session session;
    private final BlockingQueue<Call<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Round> rounds = new CopyOnWriteArrayList<>();
    private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();
    private final Thread thread = new Thread(this::run, "mooring-control");

    /** The nanosecond until which nothing is tried, after a failure; written by the control thread, read by callers. */
    private volatile long restsUntil = System.nanoTime();

    /** Set once, by {@link #close}. */
    private volatile boolean closed;

    /** A connection to the database that {@code postgres} supervises; touches no network yet. */
    public ControlConnection(Postgres postgres) {
        database = postgres.dependency();
        session = new Session(postgres);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does some work in one transaction and waits for it, never longer than {@code limit}, cut to the {@link Deadline} of this thread.
     *
     * @throws ControlUnavailableException the database is away or did not do it in time
     * @throws DataAccessException the database answered that it cannot be done: a constraint, for example
     */
    public <T> T call(Work<T> work, Duration limit) {
        Optional<ControlUnavailableException> away = away();
        if (away.isPresent()) {
            throw away.get();
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
     * From now on does {@code task} about every {@code period} while the database can be reached, at once when it is back, and a last
     * time at the end.
     *
     * @param name what it is, for the log
     */
    public void every(Duration period, String name, Task task) {
        rounds.add(new Round(name, period, task));
    }

    private void run() {
        while (!closed) {
            try {
                makeRounds();
                Call<?> call = waiting.poll(pause(), TimeUnit.NANOSECONDS);
                if (call != null) {
                    serve(call);
                }
            } catch (InterruptedException e) {
                LOG.debug("interrupted; the control thread ends when it is closed", e);
            } catch (RuntimeException e) {
                LOG.error("a step on the control connection failed; it goes on", e);
            }
        }
        makeLastRounds();
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            call.fail(notDone("the service stops."));
        }
        session.giveUp();
    }

    /** A second time where the first one found its connection broken: there may have been an outage since the one before. */
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

    private void makeRounds() {
        rounds.forEach(round -> make(round, ROUND_LIMIT));
    }

    private void make(Round round, Duration limit) {
        if (round.nanosUntilDue() <= 0 && limit.compareTo(Duration.ZERO) > 0 && away().isEmpty()) {
            Call<Boolean> call = round.next(limit);
            serve(call).ifPresentOrElse(round::failed, round::worked);
        }
    }

    /** Gives why it failed, if that is not the database's being away. */
    private <T> Optional<RuntimeException> serve(Call<T> call) {
        if (!call.begin(session.line())) {
            return Optional.empty();
        }
        int opened = session.opened();
        try {
            call.succeed(session.transact(call));
            return Optional.empty();
        } catch (SQLException | RuntimeException failed) {
            RuntimeException why = explain(failed, call);
            call.fail(why);
            return why instanceof ControlUnavailableException ? Optional.empty() : Optional.of(why);
        } finally {
            if (call.isGivenUp()) {
                // Its line is cut, or will be in a moment.
                session.giveUp();
            }
            if (session.opened() != opened && opened > 0) {
                rounds.forEach(Round::dueNow);
            }
        }
    }

    private RuntimeException explain(Exception failed, Call<?> call) {
        Optional<FailureKind> kind = Session.kindOf(failed);
        if (kind.isPresent()) {
            rest(kind.get());
            String message = kind.get().code() + ": " + failed.getMessage();
            return call.isCommitting()
                    ? ControlUnavailableException.unclear(database.name(), message, REST)
                    : notDone(message);
        }
        if (failed instanceof SQLException answer) {
            DataAccessException known = translator.translate("control connection", null, answer);
            return known == null ? new IllegalStateException(answer) : known;
        }
        return (RuntimeException) failed;
    }

    private void rest(FailureKind kind) {
        if (kind != FailureKind.STATEMENT_TIMEOUT) {
            Duration rest = kind.isPermanent() ? PERMANENT_REST : REST;
            restsUntil = System.nanoTime() + rest.toNanos();
        }
    }

    /** Why nothing is tried at present, from memory. */
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

    /** Makes a last round and ends; takes two seconds at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(LAST_ROUND.plus(LOOK).toMillis());
            session.line().cut();
            thread.join(LAST_ROUND.toMillis());
        } catch (InterruptedException hurry) {
            session.line().cut();
            Thread.currentThread().interrupt();
        }
    }
}
