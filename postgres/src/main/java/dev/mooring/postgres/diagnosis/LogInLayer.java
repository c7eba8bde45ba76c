package dev.mooring.postgres.diagnosis;

import static dev.mooring.postgres.diagnosis.PostgresChecks.AUTH_METHOD;
import static dev.mooring.postgres.diagnosis.PostgresChecks.FREE_CONNECTION;
import static dev.mooring.postgres.diagnosis.PostgresChecks.HBA;
import static dev.mooring.postgres.diagnosis.PostgresChecks.LOG_IN;
import static dev.mooring.postgres.diagnosis.PostgresChecks.LOG_IN_ANSWER;
import static dev.mooring.postgres.diagnosis.PostgresChecks.LOG_IN_LOST;
import static dev.mooring.postgres.diagnosis.PostgresChecks.PASSWORD;
import static dev.mooring.postgres.diagnosis.PostgresChecks.PRIMARY;
import static dev.mooring.postgres.diagnosis.PostgresChecks.STARTED;
import static dev.mooring.postgres.diagnosis.PostgresChecks.STAYS;
import static dev.mooring.postgres.diagnosis.PostgresChecks.TLS_CLIENT;
import static dev.mooring.postgres.diagnosis.PostgresChecks.TLS_DEMANDED;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.Round;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.OpenRequest;
import dev.mooring.postgres.connect.PostgresFailures;
import dev.mooring.postgres.connect.Purpose;
import dev.mooring.postgres.settings.SslMode;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Logs in as the pool does, and keeps the session for the layers behind. A server that accepts the user and then refuses the database, or has
 * no disk for the session, breaks the layer behind, not this one. The steps of one diagnosis use it, one after the other.
 */
final class LogInLayer {
    private final ConnectionSource source;

    /** What the log-in made. Volatile, as the next fields: each step has a thread of its own. */
    private volatile @Nullable Connection session;

    private volatile @Nullable Socket socket;
    private volatile @Nullable BrokenException behind;

    LogInLayer(ConnectionSource source) {
        this.source = source;
    }

    void logIn(Round round) throws BrokenException {
        OpenRequest request = new OpenRequest(
                Purpose.PROBE,
                round.left(),
                round.left(),
                made -> {
                    socket = made;
                    round.closeWhenLate(made);
                },
                () -> {},
                attempt -> {});
        try {
            session = source.open(request);
            round.saw("logged in as " + source.user());
        } catch (SQLException failed) {
            BrokenException broken = check(failed).broken(words(failed));
            if (broken.fault().check().layer() == Layer.LOG_IN) {
                throw broken;
            }
            round.saw("accepted as " + source.user());
            behind = broken;
        }
    }

    /** Whether the log-in found a fault of a layer behind this one, so that nothing can be asked here. */
    boolean isCutOffBefore(Layer layer) {
        BrokenException broken = behind;
        return broken != null && broken.fault().check().layer().compareTo(layer) > 0;
    }

    /** The session; another thread ends it when the step is late. */
    Connection session(Round round) throws BrokenException {
        BrokenException broken = behind;
        if (broken != null) {
            throw broken;
        }
        round.closeWhenLate(Objects.requireNonNull(socket, "the log-in made a socket"));
        return Objects.requireNonNull(session, "the log-in made a session");
    }

    private Check check(SQLException failed) {
        FailureKind kind = PostgresFailures.INSTANCE.classify(failed).orElse(FailureKind.UNKNOWN);
        return switch (kind) {
            case AUTHENTICATION_FAILED -> isOurRefusal(failed) ? AUTH_METHOD : PASSWORD;
            case HOST_NOT_ALLOWED -> HBA;
            case TLS_FAILED -> source.tls().mode() == SslMode.DISABLE ? TLS_DEMANDED : TLS_CLIENT;
            case TOO_MANY_CONNECTIONS -> FREE_CONNECTION;
            case STARTING_UP -> STARTED;
            case SHUTTING_DOWN -> STAYS;
            case READ_ONLY -> PRIMARY;
            case CONNECT_TIMEOUT, RESPONSE_TIMEOUT -> LOG_IN_ANSWER;
            case CONNECTION_LOST, CONNECTION_REFUSED -> LOG_IN_LOST;
            case DISK_FULL -> ServerChecks.DISK;
            case DATABASE_MISSING -> ServerChecks.DATABASE;
            case PERMISSION_DENIED -> ServerChecks.CONNECT_RIGHT;
            default -> isWithoutDisk(failed) ? ServerChecks.DISK : LOG_IN;
        };
    }

    /** Without address, database and user, which the target of the examination names. */
    private String words(SQLException failed) {
        String message = Failure.oneLine(failed);
        String target = " as " + source.user() + ": ";
        int reason = message.indexOf(target);
        return message.startsWith("no connection to ") && reason > 0
                ? message.substring(reason + target.length())
                : message;
    }

    /** On PostgreSQL 15 a session that cannot write its cache for want of disk ends with an internal error, in English everywhere. */
    private static boolean isWithoutDisk(SQLException failed) {
        return "XX000".equals(failed.getSQLState())
                && String.valueOf(failed.getMessage()).contains("could not write init file");
    }

    private static boolean isOurRefusal(SQLException failed) {
        return String.valueOf(failed.getMessage()).contains("so no password was sent");
    }

    void close() {
        Socket open = socket;
        Connection logged = session;
        try {
            if (logged != null) {
                logged.close();
            } else if (open != null) {
                open.close();
            }
        } catch (SQLException | IOException ended) {
            // The server ended it before.
        }
    }
}
