package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.postgres.PostgresPrograms;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pg_hba.conf refuses, and what servers of another language say: the kind of a failure does not depend on the words. */
@Tag("server")
@Timeout(60)
class AdmissionFileTest {
    /** A server that speaks English or, where one is installed, German. */
    private static TestPostgres server(String language) {
        TestPostgres.Builder builder = TestPostgres.builder().tls();
        if (!language.equals("en")) {
            Optional<PostgresPrograms> installed = PostgresPrograms.installed("15");
            assumeThat(installed).as("a PostgreSQL with translations").isPresent();
            builder.programs(installed.orElseThrow()).language(language);
        }
        TestPostgres server = builder.start();
        Rig.prepare(server);
        return server;
    }

    /** Admits the superuser, and others as the lines say. */
    private static void admit(TestPostgres server, String... lines) throws SQLException {
        String file = server.admin().ask("postgres", "show hba_file");
        String rows = Stream.concat(Stream.of("host all postgres 127.0.0.1/32 scram-sha-256"), Stream.of(lines))
                .map(line -> "('" + line + "')")
                .collect(Collectors.joining(","));
        server.admin().execute("copy (values " + rows + ") to '" + file + "'");
        server.admin().execute("select pg_reload_conf()");
    }

    private static Failure failure(Rig rig) {
        await().atMost(Duration.ofSeconds(3))
                .until(() -> rig.health().lastFailure().isPresent()
                        && !rig.mooring.health().ready());
        return rig.health().lastFailure().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noLine_withAndWithoutTls_isToldAsHostNotAllowed(String language) throws SQLException {
        try (TestPostgres server = server(language)) {
            admit(server);
            for (String mode : new String[] {"disable", "prefer", "require"}) {
                try (Logged logged = Logged.of("dev.mooring.postgres.connection");
                        Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", mode))) {
                    Failure failure = failure(rig);
                    assertThat(failure.kind()).as(mode).isEqualTo(FailureKind.HOST_NOT_ALLOWED);
                    assertThat(failure.message()).contains("/mlflow_db as registry", "127.0.0.1", "(28000)");
                    assertThat(failure.message())
                            .as("the server speaks " + language)
                            .contains(language.equals("de") ? "kein pg_hba.conf-Eintrag" : "no pg_hba.conf entry");
                    assertThat(logged.lines().get(0)).contains("pg_hba.conf admit our address");
                }
            }
        }
    }

    @Test
    void noLine_onAServerWithoutTls_isToldAsHostNotAllowed() throws SQLException {
        try (TestPostgres server = Rig.server()) {
            admit(server, "host all registry 127.0.0.1/32 reject");
            try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", "disable"))) {
                assertThat(failure(rig).kind()).isEqualTo(FailureKind.HOST_NOT_ALLOWED);

                admit(server, "host all registry 127.0.0.1/32 scram-sha-256");
                rig.awaitQuery(Duration.ofSeconds(10));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void lineForTlsOnly_withoutTls_isToldAsTlsFailed(String language) throws SQLException {
        try (TestPostgres server = server(language)) {
            admit(server, "hostssl all registry 127.0.0.1/32 scram-sha-256");
            try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", "disable"))) {
                Failure failure = failure(rig);
                assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
                assertThat(failure.message()).contains("the server admits this client with TLS only");
            }
            try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", "require"))) {
                rig.awaitUp();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void passwordAndRole_thatAreWrong_areTheUsersFault(String language) throws SQLException {
        try (TestPostgres server = server(language)) {
            for (Map<String, String> wrong :
                    List.of(Map.of("DATABASE_PASSWORD", "wrong"), Map.of("DATABASE_USER", "stranger"))) {
                try (Rig rig = Rig.on(server, wrong)) {
                    assertThat(failure(rig).kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);
                }
            }
            try (Rig rig = Rig.on(server, Map.of("DATABASE_NAME", "not_there"))) {
                assertThat(failure(rig).kind()).isEqualTo(FailureKind.DATABASE_MISSING);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void stop_thatWaitsForASession_isNoStart(String language) throws SQLException {
        try (TestPostgres server = server(language);
                Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            String pid = server.admin().ask("postgres", "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
            try (Connection session = server.admin().connect("postgres")) {
                ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroy();
                await().atMost(Duration.ofSeconds(5)).until(() -> endOthers(session) == 0);
                await().atMost(Duration.ofSeconds(5)).until(() -> rig.health()
                        .lastFailure()
                        .filter(failure -> failure.message().contains("(57P03)"))
                        .isPresent());
                assertThat(rig.health().lastFailure().orElseThrow().kind())
                        .isEqualTo(language.equals("en") ? FailureKind.SHUTTING_DOWN : FailureKind.UNKNOWN);
            }
        }
    }

    private static int endOthers(Connection session) throws SQLException {
        try (var rows = session.createStatement()
                .executeQuery(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'registry'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
