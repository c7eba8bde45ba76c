package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PoolerWordsTest {
    @ParameterizedTest
    @CsvSource({
        "SASL authentication failed,AUTHENTICATION_FAILED",
        "'\"trust\" authentication failed',AUTHENTICATION_FAILED",
        "'database \"nodb\" does not exist',DATABASE_MISSING",
        "no such database: nodb,DATABASE_MISSING",
        "no more connections allowed (max_client_conn),TOO_MANY_CONNECTIONS",
        "query_wait_timeout,TOO_MANY_CONNECTIONS",
        "query_timeout,STATEMENT_TIMEOUT",
        "the database system is shutting down,SHUTTING_DOWN",
        "'server login has been failing, try again later (server_login_retry)',CONNECTION_LOST",
        "pgbouncer cannot connect to server,CONNECTION_LOST",
        "server conn crashed?,CONNECTION_LOST",
        "invalid server parameter,CONNECTION_LOST",
        "client_login_timeout (server down),CONNECTION_LOST",
        "client_idle_timeout,CONNECTION_LOST",
        "idle transaction timeout,CONNECTION_LOST",
        "server DNS lookup failed,CONNECTION_LOST",
        "query timeout,STATEMENT_TIMEOUT",
        "TLS connection required,TLS_FAILED",
        "'server login failed: FATAL password authentication failed for user \"x\"',AUTHENTICATION_FAILED",
        "'server login failed: FATAL role \"x\" does not exist',AUTHENTICATION_FAILED",
        "'server login failed: FATAL database \"x\" does not exist',DATABASE_MISSING",
        "'server login failed: FATAL no pg_hba.conf entry for host \"10.0.0.7\"',HOST_NOT_ALLOWED",
        "'server login failed: FATAL sorry, too many clients already',TOO_MANY_CONNECTIONS",
        "'server login failed: FATAL too many connections for role \"x\"',TOO_MANY_CONNECTIONS",
        "'server login failed: FATAL remaining connection slots are reserved',TOO_MANY_CONNECTIONS",
        "server login failed: FATAL the database system is starting up,STARTING_UP",
        "server login failed: FATAL the database system is not yet accepting connections,STARTING_UP",
        "server login failed: FATAL the database system is in recovery mode,STARTING_UP",
        "unsupported startup parameter: options,PROTOCOL_ERROR",
        "something new,UNKNOWN",
    })
    void wordsOfPgBouncer_haveTheirKind(String words, FailureKind kind) {
        assertThat(PostgresFailures.INSTANCE.classify(said("SFATAL\0C08P01\0M" + words + "\0")))
                .contains(kind);
    }

    @ParameterizedTest
    @CsvSource({"no such database: nodb", "bind message supplies 1 parameters"})
    void sameState_fromPostgres_isABreachOfTheProtocol(String words) {
        assertThat(PostgresFailures.INSTANCE.classify(said("SERROR\0C08P01\0M" + words + "\0Rexec_bind_message\0")))
                .contains(FailureKind.PROTOCOL_ERROR);
    }

    private static SQLException said(String fields) {
        return new PSQLException(new ServerErrorMessage(fields));
    }
}
