package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.PostgresPrograms;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log-in that the server refuses is always evidence, whatever the code of the refusal is. */
@Tag("server")
@Tag("long")
@Timeout(60)
class RefusedLogInTest {
    private static final Duration MOST = Duration.ofSeconds(3);

    @AutoClose
    private final TestPostgres server = Rig.server();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            alter database mlflow_db allow_connections false | alter database mlflow_db allow_connections true | UNKNOWN              | (55000)
            alter database mlflow_db connection limit 0      | alter database mlflow_db connection limit -1    | TOO_MANY_CONNECTIONS | (53300)
            alter role registry connection limit 0           | alter role registry connection limit -1         | TOO_MANY_CONNECTIONS | (53300)
            alter role registry nologin                      | alter role registry login                       | AUTHENTICATION_FAILED | (28000)
            alter database mlflow_db owner to postgres; revoke connect on database mlflow_db from public, registry | grant connect on database mlflow_db to registry | PERMISSION_DENIED | (42501)
            alter role registry set session_preload_libraries = 'gone' | alter role registry reset session_preload_libraries | UNKNOWN | (58P01)
            """)
    void refusal_beforeAndAfterTheFirstContact_isToldAndPasses(
            String refuse, String admit, FailureKind kind, String code) throws SQLException {
        try (Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            server.admin().execute(refuse);
            try (Rig rig = Rig.on(server, Map.of())) {
                told(rig, logged, kind, code);

                server.admin().execute(admit);
                rig.awaitQuery(Duration.ofSeconds(10));
                rig.awaitStatus(Status.UP, Duration.ofSeconds(10));
                int before = logged.lines().size();

                server.admin().execute(refuse);
                server.admin().disconnectAll();
                told(rig, logged, kind, code);
                assertThat(logged.lines().subList(before, logged.lines().size()))
                        .as("the log of the outage")
                        .anyMatch(line -> line.contains("failed") && line.contains(code));
            }
        }
    }

    private static void told(Rig rig, Logged logged, FailureKind kind, String code) {
        Duration took = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
        Rig.measured("down after a refused log-in", took, MOST);
        assertThat(took).isLessThan(MOST);
        assertThat(rig.health().lastFailure()).hasValueSatisfying(failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.message()).contains("/mlflow_db as registry: ", code);
        });
        assertThat(logged.lines()).anyMatch(line -> line.contains("failed") && line.contains(code));
    }

    @Test
    void refusal_ofATriggerOfTheDatabaseItself_isUnknownAndTold() throws SQLException {
        // The embedded one whatever the others run on: only PostgreSQL 17 and newer have triggers on log-in.
        try (TestPostgres own =
                TestPostgres.builder().programs(PostgresPrograms.embedded()).start()) {
            Rig.prepare(own);
            own.admin()
                    .execute(
                            "mlflow_db",
                            "create function refuse() returns event_trigger language plpgsql as $$ begin"
                                    + " if session_user = 'registry' then raise exception 'not at night'; end if; end $$;"
                                    + " create event trigger refuse on login execute function refuse()");
            try (Logged logged = Logged.of("dev.mooring.postgres.connection");
                    Rig rig = Rig.on(own, Map.of())) {
                told(rig, logged, FailureKind.UNKNOWN, "not at night (P0001)");

                own.admin().execute("mlflow_db", "drop event trigger refuse");
                rig.awaitQuery(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void optionalSetting_thatTheServerRefuses_isLeftOutAndToldOnce() throws Exception {
        try (Relay relay = Relay.to(
                        server.port(), "client_connection_check_interval", "client_connection_check_interva1");
                Logged logged = Logged.of("dev.mooring.postgres.connect.SessionLimits");
                Rig rig = Rig.on(server, Map.of("DATABASE_PORT", String.valueOf(relay.port())))
                        .awaitUp()) {
            rig.awaitQuery(Duration.ofSeconds(5));
            assertThat(rig.query("show statement_timeout"))
                    .as("the limits stand")
                    .isEqualTo("10s");
            rig.postgres.dataSource().getConnection().close();
            server.admin().disconnectAll();
            rig.awaitQuery(Duration.ofSeconds(10));

            assertThat(logged.lines()).singleElement().satisfies(line -> assertThat(line)
                    .contains("which the server refuses:", "unrecognized configuration parameter"));
        }
    }
}
