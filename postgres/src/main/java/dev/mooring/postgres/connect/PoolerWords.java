package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The failures that PgBouncer reports itself, or passes on from its own log-in to the server. It has one SQLSTATE (08P01) for all of them, so
 * only the words tell them apart; it always speaks English. Of several words that fit, the first counts. PostgreSQL has the same SQLSTATE for
 * a breach of the protocol, and then names the routine that found it.
 */
final class PoolerWords {
    private static final Map<String, FailureKind> BY_WORDS = new LinkedHashMap<>();

    static {
        BY_WORDS.put("authentication failed", FailureKind.AUTHENTICATION_FAILED);
        BY_WORDS.put("too many connections for", FailureKind.TOO_MANY_CONNECTIONS);
        BY_WORDS.put("too many clients", FailureKind.TOO_MANY_CONNECTIONS);
        BY_WORDS.put("connection slots", FailureKind.TOO_MANY_CONNECTIONS);
        BY_WORDS.put("no such user", FailureKind.AUTHENTICATION_FAILED);
        BY_WORDS.put("role \"", FailureKind.AUTHENTICATION_FAILED);
        BY_WORDS.put("pg_hba.conf", FailureKind.HOST_NOT_ALLOWED);
        BY_WORDS.put("tls connection required", FailureKind.TLS_FAILED);
        BY_WORDS.put("no such database", FailureKind.DATABASE_MISSING);
        BY_WORDS.put("does not exist", FailureKind.DATABASE_MISSING);
        BY_WORDS.put("no more connections", FailureKind.TOO_MANY_CONNECTIONS);
        BY_WORDS.put("query_wait_timeout", FailureKind.TOO_MANY_CONNECTIONS);
        BY_WORDS.put("query_timeout", FailureKind.STATEMENT_TIMEOUT);
        BY_WORDS.put("query timeout", FailureKind.STATEMENT_TIMEOUT);
        BY_WORDS.put("shutting down", FailureKind.SHUTTING_DOWN);
        BY_WORDS.put("starting up", FailureKind.STARTING_UP);
        BY_WORDS.put("not yet accepting connections", FailureKind.STARTING_UP);
        BY_WORDS.put("recovery mode", FailureKind.STARTING_UP);
        BY_WORDS.put("login", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("connect", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("server conn", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("server parameter", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("dns lookup", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("idle_timeout", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("idle transaction timeout", FailureKind.CONNECTION_LOST);
        BY_WORDS.put("unsupported startup parameter", FailureKind.PROTOCOL_ERROR);
    }

    private PoolerWords() {}

    /** The kind of a failure with SQLSTATE 08P01. */
    static FailureKind kindOf(SQLException error) {
        ServerErrorMessage said = error instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
        if (said == null || said.getRoutine() != null) {
            return FailureKind.PROTOCOL_ERROR;
        }
        String words = String.valueOf(said.getMessage()).toLowerCase(Locale.ROOT);
        return BY_WORDS.entrySet().stream()
                .filter(known -> words.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(FailureKind.UNKNOWN);
    }
}
