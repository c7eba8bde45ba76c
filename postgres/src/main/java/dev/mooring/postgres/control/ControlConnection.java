package dev.mooring.postgres.control;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.Failure;
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
 * One connection to a database outside its pool, for work that must go on while an operator keeps the breaker open. A thread of its own,
 * the control thread, does all work, one transaction after the other. While the breaker is open because of failures, the thread sends
 * nothing: calls fail immediately, and periodic tasks (see {@link #every}) wait. When the database answers again, the thread connects and
 * runs every periodic task immediately. An exception or {@link Error} of a call or task fails only that call or that run of the task.
 * Thread-safe.
 */
public final class ControlConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final int MOST_WAITING = 64;
    /** How long one round may take. A round is one run of a periodic task. */
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(2);
    /** The longest time until the thread notices that the database is back, or that {@link #close} was called. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long the thread sends nothing after a permanent failure, such as a wrong password: frequent log-ins may lock the account. */
    private static final Duration PERMANENT_REST = Duration.ofSeconds(5);
    /** How long the thread sends nothing after any other failure of the database. After a statement timeout it goes on immediately. */
    private static final Duration REST = Duration.ofMillis(500);

    /** How long all last rounds together may take. {@link #close} waits as long again after it has cut the connection. */
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);

    /** How often a connection that listens is checked. */
    private static final Duration ALIVE = Duration.ofSeconds(2);

    private final Dependency database;
    private final Session session;
    private final BlockingQueue<Call<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Round> rounds = new CopyOnWriteArrayList<>();
    private final Ears ears = new Ears();
    private final BackgroundLoop loop;

    /** Until when the thread sends nothing after a failure, in nanoseconds. The control thread writes this field, callers read it. */
    private volatile long restsUntil = System.nanoTime();

    /** The failure before that rest. The control thread writes it before the time, callers read it after the time. */
    private volatile FailureKind restsBecauseOf = FailureKind.UNKNOWN;

    /** Set once, by {@link #close}. */
    private volatile boolean closed;

    /** Starts the control thread for the database that {@code postgres} supervises. The first call or periodic task connects. */
    public ControlConnection(Postgres postgres) {
        database = postgres.dependency();
        session = new Session(postgres);
        loop = BackgroundLoop.of("mooring-control-" + database.name(), this::step);
        loop.start();
    }

    /**
     * Runs the work in one transaction on the control thread and waits for the result, at most {@code limit}, or until the calling
     * thread's {@link Deadline} if that comes sooner. An exception of the work reaches the caller unchanged, and the work is not committed.
     *
     * @throws ControlUnavailableException the database is unavailable or did not answer in time, the calling thread was interrupted, 64
     *     calls wait already, or this connection is closed. The work was not committed and will not be, unless {@link
     *     ControlUnavailableException#isUnclear} is true: then the commit was sent without an answer, and the work may have been committed
     * @throws SQLException the database refused the work, for example because of a constraint; the work is not committed
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
                    ? ControlUnavailableException.unclear(database.name(), message, REST, FailureKind.RESPONSE_TIMEOUT)
                    : notDone(message, FailureKind.RESPONSE_TIMEOUT);
        }
    }

    /**
     * Adds a periodic task. The control thread runs the task about every {@code period} while the database is available, immediately
     * when the database is back, and a last time on {@link #close}. Each run is one transaction and may take 2 s.
     *
     * @param name the name of the task in the log
     */
    public void every(Duration period, String name, Task task) {
        rounds.add(new Round(name, period, task));
    }

    /**
     * Runs {@code heard} on the control thread, which must not wait, within about 0.2 s after a notification on this channel. Runs it also
     * each time the connection begins to listen, because it may have missed notifications before. Behind a pooler, which passes no
     * notifications on, it hears nothing, so look for the news from time to time too.
     *
     * @param channel the name of the channel, a plain SQL identifier
     */
    public void listen(String channel, Runnable heard) {
        ears.add(channel, heard);
        // Waiting for notifications does not show that the connection broke; the transaction of a round does.
        every(ALIVE, "listening on " + channel, connection -> {});
    }

    private Duration step() throws InterruptedException {
        if (closed) {
            end();
            return Duration.ZERO;
        }
        rounds.forEach(round -> make(round, ROUND_LIMIT));
        hear();
        Call<?> call = waiting.poll(pause(), TimeUnit.NANOSECONDS);
        if (call != null) {
            serve(call);
        }
        return Duration.ZERO;
    }

    private void hear() {
        if (away().isEmpty() && ears.needToListen(session.number())) {
            Call<Boolean> listening = new Call<>(ears::listen, ROUND_LIMIT);
            serve(listening);
            if (listening.isDone()) {
                ears.listening(session.number());
            }
        }
        ears.hear(session.notifications());
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

    /**
     * Runs every periodic task a last time. While the database fails, runs all of them again, for at most half a second: an outage that
     * is over may have broken the connection.
     */
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

    /** Does the work of a call. Returns the failure of the work itself; empty when it succeeded or the database is unavailable. */
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
        Optional<FailureKind> kind = Session.kindOf(failed, call);
        if (kind.isEmpty()) {
            return failed;
        }
        rest(kind.get());
        String message = kind.get().code() + ": " + failed.getMessage();
        return call.isCommitting()
                ? ControlUnavailableException.unclear(database.name(), message, REST, kind.get())
                : notDone(message, kind.get());
    }

    private void rest(FailureKind kind) {
        if (kind != FailureKind.STATEMENT_TIMEOUT) {
            Duration rest = kind.isPermanent() ? PERMANENT_REST : REST;
            restsBecauseOf = kind;
            restsUntil = System.nanoTime() + rest.toNanos();
        }
    }

    /** Why the thread sends nothing to the database now; empty when it may. Reads memory only. */
    private Optional<ControlUnavailableException> away() {
        if (database.breaker().view().state() == BreakerState.OPEN) {
            DependencyUnavailableException refusal = database.breaker().refusal();
            return Optional.of(ControlUnavailableException.notDone(
                    database.name(),
                    refusal.getMessage(),
                    refusal.retryAfter(),
                    refusal.lastFailure().map(Failure::kind)));
        }
        return rests()
                ? Optional.of(notDone(
                        database.name()
                                + " is not available: the last attempt to reach it failed, and the next one follows shortly.",
                        restsBecauseOf))
                : Optional.empty();
    }

    private boolean rests() {
        return restsUntil - System.nanoTime() > 0;
    }

    private ControlUnavailableException notDone(String message) {
        return ControlUnavailableException.notDone(database.name(), message, REST, Optional.empty());
    }

    private ControlUnavailableException notDone(String message, FailureKind kind) {
        return ControlUnavailableException.notDone(database.name(), message, REST, Optional.of(kind));
    }

    /**
     * Runs every periodic task a last time, unless failures keep the breaker open. Fails the calls that still wait, and ends the thread.
     * If the thread has not ended after 1.2 s, cuts the connection, so that work that hangs fails, and waits at most one second more.
     */
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
