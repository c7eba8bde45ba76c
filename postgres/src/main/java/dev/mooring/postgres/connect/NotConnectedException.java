package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.settings.PostgresSettings;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A log-in failed. The message names the server, the database, the user and the reason. */
final class NotConnectedException extends SQLException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    private NotConnectedException(String message, FailureKind kind, SQLException cause) {
        super(message, cause.getSQLState(), cause);
        this.kind = kind;
    }

    /**
     * The exception for a log-in to {@code database} that failed with {@code cause}; empty when {@code cause} says nothing against the
     * server.
     */
    static Optional<NotConnectedException> of(PostgresSettings settings, String database, SQLException cause) {
        // The driver's exceptions around the innermost cause say less.
        List<Throwable> causes = FailureClassifier.causes(cause);
        Throwable innermost = causes.get(causes.size() - 1);
        if (innermost instanceof SocketException && "Socket closed".equals(innermost.getMessage())) {
            // Only this process closes sockets like this: the supervisor abandoned the attempt.
            String message = message(settings, database, "given up without an answer");
            return Optional.of(new NotConnectedException(message, FailureKind.RESPONSE_TIMEOUT, cause));
        }
        return PostgresFailures.INSTANCE
                .classify(cause)
                .map(kind -> new NotConnectedException(
                        message(settings, database, reason(cause, innermost, kind)), kind, cause));
    }

    private static String message(PostgresSettings settings, String database, String reason) {
        return "no connection to " + settings.server().address() + "/" + database + " as "
                + settings.login().user() + ": " + reason;
    }

    FailureKind kind() {
        return kind;
    }

    private static String reason(SQLException cause, Throwable innermost, FailureKind kind) {
        ServerErrorMessage server = cause instanceof PSQLException error ? error.getServerErrorMessage() : null;
        if (server != null && server.getMessage() != null) {
            return server.getMessage() + " (" + cause.getSQLState() + ")";
        }
        String words = kind.code().replace('_', ' ');
        @Nullable String message = innermost.getMessage();
        String detail = message == null ? innermost.getClass().getSimpleName() : message;
        return words + " (" + (detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail) + ")";
    }
}
