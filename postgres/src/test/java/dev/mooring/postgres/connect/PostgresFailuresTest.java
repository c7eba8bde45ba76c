package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.failure.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresFailuresTest {
    private static Optional<FailureKind> classify(Throwable error) {
        return PostgresFailures.INSTANCE.classify(error);
    }

    @Test
    void whatToCheck_speaksOfPostgres() {
        assertThat(PostgresFailures.INSTANCE.hint(FailureKind.HOST_NOT_ALLOWED)).contains("pg_hba.conf");
        assertThat(PostgresFailures.INSTANCE.hint(FailureKind.DISK_FULL)).isEqualTo(FailureKind.DISK_FULL.hint());
    }

    @ParameterizedTest
    @CsvSource({
        "28P01,password authentication failed,AUTHENTICATION_FAILED",
        "28000,role does not exist,AUTHENTICATION_FAILED",
        "3D000,database does not exist,DATABASE_MISSING",
        "53300,too many clients already,TOO_MANY_CONNECTIONS",
        "57P03,the database system is starting up,STARTING_UP",
        "57P03,the database system is shutting down,SHUTTING_DOWN",
        "57P03,the database system is in recovery mode,STARTING_UP",
        "57P03,das Datenbanksystem fährt herunter,UNKNOWN",
        "57P01,terminating connection,SHUTTING_DOWN",
        "57P02,crash of another server process,SHUTTING_DOWN",
        "57P05,idle session timeout,CONNECTION_LOST",
        "25006,cannot execute INSERT in a read-only transaction,READ_ONLY",
        "53100,could not extend file,DISK_FULL",
        "42501,permission denied for table,PERMISSION_DENIED",
        "57014,canceling statement due to statement timeout,STATEMENT_TIMEOUT",
        "08P01,protocol violation,PROTOCOL_ERROR",
        "08004,the server wants a password,AUTHENTICATION_FAILED",
        "08006,the connection is gone,CONNECTION_LOST",
        "53200,out of memory,UNKNOWN",
        "XX000,internal error,UNKNOWN",
    })
    void state_ofTheServer_isItsKind(String state, String message, FailureKind kind) {
        assertThat(classify(new SQLException(message, state))).contains(kind);
        assertThat(classify(new IllegalStateException(new SQLException(message, state))))
                .contains(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "28000,ClientAuthentication,HOST_NOT_ALLOWED",
        "28000,InitializeSessionUserId,AUTHENTICATION_FAILED",
        "28000,auth_failed,AUTHENTICATION_FAILED",
        "55P03,ProcessInterrupts,STATEMENT_TIMEOUT",
        "55P03,heap_lock_tuple,",
    })
    void routine_ofTheServer_tellsTwoFailuresOfOneStateApart(String state, String routine, @Nullable FailureKind kind) {
        String fields = "SSCHWERWIEGEND\0VFATAL\0C" + state + "\0Min einer anderen Sprache\0R" + routine + "\0";
        assertThat(classify(new PSQLException(new ServerErrorMessage(fields)))).isEqualTo(Optional.ofNullable(kind));
    }

    @Test
    void noPrimaryAmongTheHosts_inAnyLanguageOfTheJvm_isReadOnly() {
        SQLException german = new SQLException("kein Server gefunden", "08001");
        german.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.postgresql.core.v3.ConnectionFactoryImpl", "openConnectionImpl", null, 1)
        });

        assertThat(classify(german)).contains(FailureKind.READ_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "22001", "42601", "42P01", "40001", "40P01", "25P02", "08003", "0A000"})
    void state_ofTheCallersOwnMistake_saysNothingAgainstTheServer(String state) {
        assertThat(classify(new SQLException("x", state))).isEmpty();
    }

    @Test
    void cancelByTheCaller_andRowLockNotWaitedFor_sayNothing() {
        assertThat(classify(new SQLException("canceling statement due to user request", "57014")))
                .isEmpty();
        assertThat(classify(new SQLException("could not obtain lock on row", "55P03")))
                .isEmpty();
    }

    @Test
    void brokenConnection_isWhatBrokeIt() {
        assertThat(classify(broken(new ConnectException("Connection refused"))))
                .contains(FailureKind.CONNECTION_REFUSED);
        assertThat(classify(broken(new UnknownHostException("db")))).contains(FailureKind.NAME_NOT_RESOLVED);
        assertThat(classify(broken(new SocketTimeoutException("Connect timed out"))))
                .contains(FailureKind.CONNECT_TIMEOUT);
        assertThat(classify(broken(new SocketTimeoutException("Read timed out"))))
                .contains(FailureKind.RESPONSE_TIMEOUT);
        assertThat(classify(broken(new SocketException("Connection reset")))).contains(FailureKind.CONNECTION_LOST);
        assertThat(classify(broken(new IOException("odd")))).contains(FailureKind.CONNECTION_LOST);
    }

    @Test
    void resetInsideTls_isALostConnectionAndNoTlsFailure() {
        assertThat(classify(broken(new SSLException("Connection reset", new SocketException("Connection reset")))))
                .contains(FailureKind.CONNECTION_LOST);
        assertThat(classify(broken(new SSLHandshakeException("no such authority"))))
                .contains(FailureKind.TLS_FAILED);
    }

    @Test
    void refusalOfOurOwn_saysNothingAgainstTheServer() {
        assertThat(classify(new SQLException("full", "08001", new DependencySaturatedException("database", "full"))))
                .isEmpty();
    }

    @Test
    void nextException_isLookedAtToo() {
        SQLException batch = new SQLException("batch failed");
        batch.setNextException(new SQLException("disk", "53100"));

        assertThat(classify(batch)).contains(FailureKind.DISK_FULL);
    }

    private static SQLException broken(IOException cause) {
        return new SQLException("An I/O error occurred", "08006", cause);
    }
}
