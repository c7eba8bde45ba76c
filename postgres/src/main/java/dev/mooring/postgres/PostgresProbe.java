package dev.mooring.postgres;

import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.ProbeSession.Answer;
import dev.mooring.postgres.ProbeSession.Role;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.OpenRequest;
import dev.mooring.postgres.connect.Purpose;
import dev.mooring.probe.Finding;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.ProbeKind;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The off-pool probe of PostgreSQL: one round trip on a kept session, or a new log-in. A kept session may be on a server that is no longer
 * the primary, so a read-only answer counts only from a new log-in. A change of the role makes the pool renew its connections. Thread-safe.
 */
final class PostgresProbe implements Probe, AutoCloseable {
    /** The supervisor abandons a probe before; this limit only ends the thread of an abandoned one. */
    private static final Duration BEYOND_PATIENCE = Duration.ofSeconds(5);

    /** Calls that miss a table make the probe log in anew at most this often. */
    private static final long SCHEMA_DOUBT_PAUSE = Duration.ofSeconds(5).toNanos();

    private static final String GRANT = "; grant the right, or make it the owner of the schema and its tables";

    private final ConnectionSource source;
    private final Footprint footprint;
    private final boolean forReading;
    private final Runnable serverMoved;
    private final Consumer<FailureKind> over;
    private final Aftermath aftermath;

    /** The kept session while no probe uses it; the thread that takes it out owns it. */
    private final AtomicReference<@Nullable ProbeSession> kept = new AtomicReference<>();

    /** A call that met a read-only server sets it; the next probe clears it. */
    private final AtomicBoolean doubted = new AtomicBoolean();

    /** A call that missed a table or column sets it; the next probe makes a new log-in and clears it. */
    private final AtomicBoolean schemaDoubted = new AtomicBoolean();

    /** When a call last doubted the schema, in nanoseconds. */
    private final AtomicLong schemaDoubtedAt = new AtomicLong(System.nanoTime() - SCHEMA_DOUBT_PAUSE);

    /** Whether the last answer said read-only. Volatile: probe threads write it, any thread reads it. */
    private volatile boolean readOnly;

    /** Whether the last answer said that the user lacks a right. Volatile: probe threads write and read it. */
    private volatile boolean lacksRights;

    /** When the last answer came, in nanoseconds. Volatile: probe threads write and read it. */
    private volatile long lastAnswer = System.nanoTime();

    /** Set once, by {@link #close}. */
    private volatile boolean closed;

    /**
     * {@code forReading}: whether the application wants no more than a server that answers reads. {@code serverMoved} runs when pooled
     * connections may be on the wrong server, {@code over} receives the kind of a failure of calls whose cause is over.
     */
    PostgresProbe(
            ConnectionSource source,
            Footprint footprint,
            boolean forReading,
            Runnable serverMoved,
            Consumer<FailureKind> over) {
        this.source = source;
        this.footprint = footprint;
        this.forReading = forReading;
        this.serverMoved = serverMoved;
        this.over = over;
        this.aftermath = new Aftermath(over);
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) throws Exception {
        endHangingStartTasks(attempt.timeout());
        boolean doubt = doubted.getAndSet(false);
        boolean freshly = schemaDoubted.getAndSet(false) || doubt || attempt.kind() == ProbeKind.FRESH;
        Answer answer = freshly ? askFresh(attempt) : askSession(attempt);
        lastAnswer = System.nanoTime();
        boolean now = answer.role() != Role.WRITABLE;
        boolean moved = doubt || now != readOnly;
        readOnly = now;
        if (moved) {
            serverMoved.run();
        }
        if (answer.unprepared().isPresent()) {
            // The kept session may be in the database of before.
            dropSession();
        }
        rights(answer);
        return new ProbeAnswer(findings(answer), answer.unprepared());
    }

    /** A user that may not read its tables makes the database down, because no call could succeed. */
    private void rights(Answer answer) throws SQLException {
        boolean closed = answer.unreadable().isPresent() || answer.unwritable().isPresent();
        if (lacksRights && !closed) {
            over.accept(FailureKind.PERMISSION_DENIED);
        }
        lacksRights = closed;
        if (answer.unreadable().isPresent()) {
            throw new SQLException(
                    source.user() + " may not read " + answer.unreadable().get() + GRANT, "42501");
        }
    }

    /** Start tasks have no limit of their own: after {@code timeout} without an answer to a probe this closes their connections. */
    private void endHangingStartTasks(Duration timeout) {
        if (System.nanoTime() - lastAnswer > timeout.toNanos()) {
            source.closeSockets(Purpose.START_TASK);
        }
    }

    private Answer askSession(ProbeAttempt attempt) throws SQLException {
        ProbeSession session = kept.getAndSet(null);
        if (session == null) {
            return askFresh(attempt);
        }
        attempt.onAbandon(session::abort);
        attempt.connected();
        Answer answer = ask(session);
        if (answer.role() == Role.WRITABLE) {
            keep(session);
            return answer;
        }
        session.close();
        Answer fresh = askFresh(attempt);
        if (fresh.role() == Role.WRITABLE) {
            serverMoved.run();
        }
        return fresh;
    }

    private Answer askFresh(ProbeAttempt attempt) throws SQLException {
        AtomicReference<@Nullable Socket> last = new AtomicReference<>();
        Duration patience = attempt.timeout().plus(BEYOND_PATIENCE);
        OpenRequest request = new OpenRequest(
                Purpose.PROBE,
                attempt.connectTimeout(),
                patience,
                socket -> {
                    last.set(socket);
                    attempt.onAbandon(socket);
                },
                attempt::connected,
                source.log());
        Connection connection = source.open(request);
        ProbeSession session =
                ProbeSession.on(connection, Objects.requireNonNull(last.get(), "the socket"), footprint, forReading);
        Answer answer = ask(session);
        keep(session);
        return answer;
    }

    private Answer ask(ProbeSession session) throws SQLException {
        try {
            Answer answer = session.ask();
            if (session.isPooled() && source.foundPooler()) {
                serverMoved.run();
            }
            if (answer.role() == Role.WRITABLE) {
                aftermath.look(session);
            }
            return answer;
        } catch (SQLException failed) {
            session.close();
            throw failed;
        }
    }

    private void keep(ProbeSession session) {
        if (closed || !kept.compareAndSet(null, session)) {
            session.close();
        } else if (closed) {
            dropSession();
        }
    }

    private List<Finding> findings(Answer answer) {
        Role role = answer.role();
        List<Finding> findings = new ArrayList<>();
        source.nameFinding().ifPresent(findings::add);
        if (role != Role.WRITABLE) {
            String why = role == Role.STANDBY ? "the server is a standby" : "the server is set to read-only";
            findings.add(new Finding(FailureKind.READ_ONLY, "writes are refused: " + why));
        }
        answer.unwritable()
                .ifPresent(writes -> findings.add(new Finding(
                        FailureKind.PERMISSION_DENIED,
                        "writes are refused: " + source.user() + " may not " + writes + GRANT)));
        return findings;
    }

    /** What calls found that {@link #ask} does not see by itself. */
    Aftermath aftermath() {
        return aftermath;
    }

    /** A write met a read-only server: the next probe makes a new log-in. */
    void doubt() {
        if (!readOnly) {
            doubted.set(true);
        }
    }

    /**
     * A call missed a table or column: the next probe makes a new log-in, because the kept session may be in another database than the
     * pool. False, without effect, when a call said so a moment ago.
     */
    boolean doubtSchema() {
        long now = System.nanoTime();
        long before = schemaDoubtedAt.get();
        if (now - before < SCHEMA_DOUBT_PAUSE || !schemaDoubtedAt.compareAndSet(before, now)) {
            return false;
        }
        schemaDoubted.set(true);
        return true;
    }

    /** Whether the server refused writes at the last answer. */
    boolean isReadOnly() {
        return readOnly;
    }

    /** Closes the kept session. */
    void dropSession() {
        ProbeSession session = kept.getAndSet(null);
        if (session != null) {
            session.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        dropSession();
    }
}
