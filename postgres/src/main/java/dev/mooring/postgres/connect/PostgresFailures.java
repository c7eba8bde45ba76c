package dev.mooring.postgres.connect;

import dev.mooring.breaker.MooringException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Classifies failures of PostgreSQL by their SQLSTATE and by the routine of the server that reported them, and those without a SQLSTATE by
 * the exception that broke the connection. Servers speak many languages; where only the words differ, English words give the more exact kind
 * and other words the less exact one. A mistake of the caller (a constraint, a syntax error, a cancelled statement) says nothing against the
 * server.
 */
public enum PostgresFailures implements FailureClassifier {
    /** The only instance; it has no state. */
    INSTANCE;

    private static final int DEPTH = 16;
    /** The server's routine that looks into pg_hba.conf. It reports the user's own faults elsewhere. */
    private static final String LOOKS_INTO_HBA = "ClientAuthentication";
    /** The server's routine that ends a statement at a time limit. A lock that a statement does not wait for is reported elsewhere. */
    private static final String ENDS_STATEMENTS = "ProcessInterrupts";

    private static final Map<String, FailureKind> BY_STATE = Map.ofEntries(
            Map.entry("28P01", FailureKind.AUTHENTICATION_FAILED),
            Map.entry("3D000", FailureKind.DATABASE_MISSING),
            Map.entry("53300", FailureKind.TOO_MANY_CONNECTIONS),
            Map.entry("57P01", FailureKind.SHUTTING_DOWN),
            Map.entry("57P02", FailureKind.SHUTTING_DOWN),
            Map.entry("57P05", FailureKind.CONNECTION_LOST),
            Map.entry("25006", FailureKind.READ_ONLY),
            Map.entry("53100", FailureKind.DISK_FULL),
            Map.entry("42501", FailureKind.PERMISSION_DENIED),
            Map.entry("08P01", FailureKind.PROTOCOL_ERROR));

    @Override
    public String hint(FailureKind kind) {
        return switch (kind) {
            case HOST_NOT_ALLOWED ->
                "Let the server's pg_hba.conf admit our address, user and database as the message names them: add a line, or one"
                        + " before the line that rejects; then reload the server.";
            default -> kind.hint();
        };
    }

    @Override
    public Optional<FailureKind> classify(Throwable error) {
        if (isOurOwn(error)) {
            return Optional.empty();
        }
        Throwable present = error;
        for (int depth = 0; present != null && depth < DEPTH; depth++, present = next(present)) {
            if (present instanceof NotConnectedException known) {
                return Optional.of(known.kind());
            }
            if (present instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql, sql.getSQLState());
            }
        }
        return FailureClassifier.jdk().classify(error);
    }

    /** Whether the error wraps a refusal of Mooring itself, as the exceptions of its data source do. */
    private static boolean isOurOwn(Throwable error) {
        return FailureClassifier.causes(error).stream().anyMatch(MooringException.class::isInstance);
    }

    private static @Nullable Throwable next(Throwable error) {
        return error.getCause() == null && error instanceof SQLException sql
                ? sql.getNextException()
                : error.getCause();
    }

    private static Optional<FailureKind> ofState(SQLException error, String state) {
        FailureKind known = BY_STATE.get(state);
        if (known == FailureKind.PROTOCOL_ERROR) {
            return Optional.of(PoolerWords.kindOf(error));
        }
        if (known != null) {
            return Optional.of(known);
        }
        return switch (state) {
            case "28000" ->
                Optional.of(
                        routine(error).equals(LOOKS_INTO_HBA) && !message(error).contains("client certificate")
                                ? FailureKind.HOST_NOT_ALLOWED
                                : FailureKind.AUTHENTICATION_FAILED);
            case "57P03" -> Optional.of(takesNoConnections(message(error)));
            case "57014" -> cancelled(message(error));
            case "55P03" ->
                routine(error).equals(ENDS_STATEMENTS) ? Optional.of(FailureKind.STATEMENT_TIMEOUT) : Optional.empty();
            // The caller used a closed connection; the failure that closed it is already reported.
            case "08003" -> Optional.empty();
            default -> ofClass(error, state);
        };
    }

    private static Optional<FailureKind> ofClass(SQLException error, String state) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> connection(error, state);
            case "53", "54", "58", "F0", "XX", "99" -> Optional.of(FailureKind.UNKNOWN);
            default -> Optional.empty();
        };
    }

    /** 57014 stands for a time limit and for a cancel, and only the words tell which. */
    private static Optional<FailureKind> cancelled(String message) {
        if (message.contains("user request")) {
            return Optional.empty();
        }
        return Optional.of(message.contains("statement timeout") ? FailureKind.STATEMENT_TIMEOUT : FailureKind.UNKNOWN);
    }

    /**
     * A classifier for statements that run under a limit of our own. A server that speaks another language does not tell a time limit from
     * a cancel. But before our limit has elapsed, our limit cannot be the reason, so the failure says nothing against the server.
     *
     * @param general decides about everything else
     * @param limitElapsed whether our own limit could have ended the statement
     */
    public static FailureClassifier underOurLimit(FailureClassifier general, BooleanSupplier limitElapsed) {
        return error -> {
            Optional<FailureKind> kind = general.classify(error);
            if (kind.equals(Optional.of(FailureKind.UNKNOWN)) && isCancel(error)) {
                return limitElapsed.getAsBoolean() ? Optional.of(FailureKind.STATEMENT_TIMEOUT) : Optional.empty();
            }
            return kind;
        };
    }

    private static boolean isCancel(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> cause instanceof SQLException sql && "57014".equals(sql.getSQLState()));
    }

    /** 57P03 stands for a start, a recovery and a stop, and only the words tell which. Words of another language say no more than the code. */
    private static FailureKind takesNoConnections(String message) {
        if (message.contains("shutting down")) {
            return FailureKind.SHUTTING_DOWN;
        }
        return message.contains("the database system is ") ? FailureKind.STARTING_UP : FailureKind.UNKNOWN;
    }

    /** The routine of the server that reported the error; empty when the server reported none. */
    private static String routine(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String routine = server == null ? null : server.getRoutine();
        return routine == null ? "" : routine;
    }

    private static Optional<FailureKind> connection(SQLException error, String state) {
        if (isAboutTls(error)) {
            return Optional.of(FailureKind.TLS_FAILED);
        }
        if (error.getCause() != null) {
            Optional<FailureKind> cause = FailureClassifier.jdk().classify(error.getCause());
            return cause.map(kind -> kind == FailureKind.UNKNOWN ? FailureKind.CONNECTION_LOST : kind);
        }
        if (state.equals("08001") && thrownBy(error, "openConnectionImpl")) {
            // The driver, in the words of the JVM's language: no host is the primary.
            return Optional.of(FailureKind.READ_ONLY);
        }
        // 08004: the driver has no password, or does not support the server's way of authentication.
        return Optional.of(state.equals("08004") ? FailureKind.AUTHENTICATION_FAILED : FailureKind.CONNECTION_LOST);
    }

    /** The driver has no SQLSTATE for TLS failures. The class that threw the exception identifies one in every language. */
    private static boolean isAboutTls(SQLException error) {
        Throwable cause = error.getCause();
        if (cause instanceof IOException && !(cause instanceof FileNotFoundException)) {
            return false;
        }
        StackTraceElement[] stack = error.getStackTrace();
        return (stack.length > 0 && stack[0].getClassName().startsWith("org.postgresql.ssl."))
                || thrownBy(error, "enableSSL");
    }

    private static boolean thrownBy(SQLException error, String method) {
        StackTraceElement[] stack = error.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals(method);
    }

    private static String message(SQLException error) {
        String message = error.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
