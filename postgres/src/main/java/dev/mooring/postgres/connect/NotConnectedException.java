package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A log-in failed. The message names the server, the database, the user and the reason. */
final class NotConnectedException extends SQLException {
    private static final long serialVersionUID = 1;

    /** What a socket says of its own end. Only this process closes sockets like this: the supervisor gave the attempt up. */
    private static final Set<String> CLOSED_HERE = Set.of("Socket closed", "Socket is closed");

    private final FailureKind kind;
    private final boolean givenUp;

    private NotConnectedException(String message, FailureKind kind, boolean givenUp, SQLException cause) {
        super(message, cause.getSQLState(), cause);
        this.kind = kind;
        this.givenUp = givenUp;
    }

    /** The exception for a log-in to {@code database} that failed with {@code cause}. What has no kind of its own is {@code unknown}. */
    static NotConnectedException of(Target target, String database, SQLException cause) {
        // The driver's exceptions around the innermost cause say less.
        List<Throwable> causes = FailureClassifier.causes(cause);
        Throwable innermost = causes.get(causes.size() - 1);
        if (wasGivenUp(innermost)) {
            String message = message(target, database, "given up without an answer");
            return new NotConnectedException(message, FailureKind.RESPONSE_TIMEOUT, true, cause);
        }
        FailureKind kind = PostgresFailures.INSTANCE.classify(cause).orElse(FailureKind.UNKNOWN);
        String reason =
                isOurRefusal(cause) ? refusal(target) : reason(cause, innermost, kind) + certificate(target, kind);
        return new NotConnectedException(message(target, database, reason), kind, false, cause);
    }

    /** The exception for log-ins that failed because neither database exists; {@code last} is the failure of the second. */
    static NotConnectedException ofBoth(Target target, String database, String fallback, NotConnectedException last) {
        String reason =
                "neither " + database + " nor its fallback " + fallback + " exists (" + last.getSQLState() + ")";
        return new NotConnectedException(message(target, database, reason), last.kind(), false, last);
    }

    /** The same failure for another kind, which {@code why} explains. */
    NotConnectedException as(FailureKind other, String why) {
        return new NotConnectedException(getMessage() + "; " + why, other, givenUp, this);
    }

    /** Whether this process broke off, because the server asked for a way to log in that is excluded. Nothing was sent. */
    private static boolean isOurRefusal(SQLException cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().equals("org.postgresql.core.AuthMethod");
    }

    private static String refusal(Target target) {
        return "the server asks for a way to log in that " + target.authExclusion()
                + ", so no password was sent; use TLS (sslmode require or better) or scram-sha-256 in pg_hba.conf";
    }

    /**
     * In TLS 1.3 a server refuses a certificate after our part of the handshake. It closes the connection, and its reason may be lost on the way.
     */
    private static String certificate(Target target, FailureKind kind) {
        return kind == FailureKind.CONNECTION_LOST && target.hasClientCertificate()
                ? "; the server's log says whether it refused our certificate"
                : "";
    }

    private static String message(Target target, String database, String reason) {
        return "no connection to " + target.address() + "/" + database + " as " + target.user() + ": " + reason;
    }

    /** Whether the supervisor gave an attempt up that failed with {@code error}. */
    static boolean wasGivenUp(Throwable error) {
        List<Throwable> causes = FailureClassifier.causes(error);
        Throwable innermost = causes.get(causes.size() - 1);
        return innermost instanceof SocketException && CLOSED_HERE.contains(String.valueOf(innermost.getMessage()));
    }

    /** Whether the supervisor gave the attempt up, for another one beside it. */
    boolean isGivenUp() {
        return givenUp;
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
        String inside = detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
        return inside.equalsIgnoreCase(words) ? words : words + " (" + inside + ")";
    }
}
