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
import org.jspecify.annotations.Nullable;

/**
 * Classifies failures of PostgreSQL by their SQLSTATE, and those without one by the exception that broke the connection. A mistake of the
 * caller (a constraint, a syntax error, a cancelled statement) says nothing against the server.
 */
public enum PostgresFailures implements FailureClassifier {
    /** The only instance; it has no state. */
    INSTANCE;

    private static final int DEPTH = 16;

    private static final Map<String, FailureKind> BY_STATE = Map.ofEntries(
            Map.entry("28P01", FailureKind.AUTHENTICATION_FAILED),
            Map.entry("28000", FailureKind.AUTHENTICATION_FAILED),
            Map.entry("3D000", FailureKind.DATABASE_MISSING),
            Map.entry("53300", FailureKind.TOO_MANY_CONNECTIONS),
            Map.entry("57P03", FailureKind.STARTING_UP),
            Map.entry("57P01", FailureKind.SHUTTING_DOWN),
            Map.entry("57P02", FailureKind.SHUTTING_DOWN),
            Map.entry("57P05", FailureKind.CONNECTION_LOST),
            Map.entry("25006", FailureKind.READ_ONLY),
            Map.entry("53100", FailureKind.DISK_FULL),
            Map.entry("42501", FailureKind.PERMISSION_DENIED),
            Map.entry("08P01", FailureKind.PROTOCOL_ERROR));

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
            return Optional.of(refined(known, message(error)));
        }
        return switch (state) {
            case "57014" ->
                message(error).contains("user request") ? Optional.empty() : Optional.of(FailureKind.STATEMENT_TIMEOUT);
            case "55P03" ->
                message(error).contains("lock timeout") ? Optional.of(FailureKind.STATEMENT_TIMEOUT) : Optional.empty();
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

    /** One SQLSTATE can stand for two failures that have different fixes; the message tells them apart. */
    private static FailureKind refined(FailureKind kind, String message) {
        if (kind == FailureKind.STARTING_UP && message.contains("shutting down")) {
            return FailureKind.SHUTTING_DOWN;
        }
        boolean wantsTls = message.contains("no encryption") || message.contains("ssl off");
        return kind == FailureKind.AUTHENTICATION_FAILED && wantsTls ? FailureKind.TLS_FAILED : kind;
    }

    private static Optional<FailureKind> connection(SQLException error, String state) {
        if (isAboutTls(error)) {
            return Optional.of(FailureKind.TLS_FAILED);
        }
        if (error.getCause() != null) {
            Optional<FailureKind> cause = FailureClassifier.jdk().classify(error.getCause());
            return cause.map(kind -> kind == FailureKind.UNKNOWN ? FailureKind.CONNECTION_LOST : kind);
        }
        if (message(error).contains("targetservertype")) {
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
        return stack.length > 0
                && (stack[0].getClassName().startsWith("org.postgresql.ssl.")
                        || stack[0].getMethodName().equals("enableSSL"));
    }

    private static String message(SQLException error) {
        String message = error.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
