package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failures that an operator must fix: health reports them at once with their kind, and the service recovers by itself after the fix. */
@Tag("server")
@Timeout(60)
class PermanentFailureTest {
    @AutoClose
    private final TestPostgres server = Rig.server();

    @TempDir
    private Path folder;

    private static Failure failure(Rig rig) {
        await().atMost(Duration.ofSeconds(3))
                .until(() -> rig.health().lastFailure().isPresent()
                        && !rig.mooring.health().ready());
        return rig.health().lastFailure().orElseThrow();
    }

    @Test
    void wrongPassword_isToldAtOnceAndWellOnceItIsRight() throws SQLException {
        try (Logged logged = Logged.of("dev.mooring.postgres.connection");
                Rig rig = Rig.on(server, Map.of("DATABASE_PASSWORD", "wrong-marker"))) {
            Failure failure = failure(rig);
            assertThat(logged.lines().get(0)).contains("attempt 1 failed", "; next in 5.0 s");
            assertThat(failure.kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);
            assertThat(failure.message())
                    .contains("/mlflow_db as registry: password authentication failed for user \"registry\" (28P01)")
                    .doesNotContain("wrong-marker");

            server.admin().changePassword(Rig.USER, "wrong-marker");
            assertThat(rig.awaitQuery(Duration.ofSeconds(10))).isLessThan(Duration.ofMillis(6500));
        }
    }

    @Test
    void passwordFile_rotatedWhileTheOldOneIsRefused_isNoticedAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "old");
        try (Rig rig = Rig.on(server, fromFile(file))) {
            assertThat(failure(rig).kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);

            Files.writeString(file, Rig.PASSWORD);
            Duration most = Duration.ofSeconds(2);
            Duration took = rig.awaitQuery(Duration.ofSeconds(10));
            Rig.measured("rotated password file in use", took, most);
            assertThat(took).isLessThan(most);
        }
    }

    @Test
    void passwordRotation_inEitherOrder_isNoOutage() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), Rig.PASSWORD);
        try (Rig rig = Rig.on(server, fromFile(file)).awaitUp()) {
            Files.writeString(file, "second");
            server.admin().disconnectAll();
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> rig.mooring.health().ready());
            rig.awaitQuery(Duration.ofSeconds(2));

            server.admin().changePassword(Rig.USER, "second");
            server.admin().disconnectAll();
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> rig.mooring.health().ready());
            rig.awaitQuery(Duration.ofSeconds(2));
        }
    }

    private static Map<String, String> fromFile(Path file) {
        return Map.of("DATABASE_PASSWORD", "", "DATABASE_PASSWORD_FILE", file.toString());
    }

    @Test
    void missingDatabase_withoutFallback_isToldAndWellOnceItIsMade() throws SQLException {
        try (Rig rig = Rig.on(server, Map.of("DATABASE_NAME", "later"))) {
            Failure failure = failure(rig);
            assertThat(failure.kind()).isEqualTo(FailureKind.DATABASE_MISSING);
            assertThat(failure.message()).contains("/later as registry").contains("(3D000)");

            server.admin().createDatabase("later", Rig.USER);
            assertThat(rig.awaitQuery(Duration.ofSeconds(10))).isLessThan(Duration.ofMillis(6500));
            assertThat(rig.postgres.databaseInUse()).contains("later");
        }
    }

    @Test
    void bothNames_thatAreMissing_areNamed() throws SQLException {
        Map<String, String> names = Map.of("DATABASE_NAME", "modles", "DATABASE_FALLBACK_NAME", "spare");
        try (Rig rig = Rig.on(server, names)) {
            Failure failure = failure(rig);
            assertThat(failure.kind()).isEqualTo(FailureKind.DATABASE_MISSING);
            assertThat(failure.message())
                    .contains("/modles as registry: neither modles nor its fallback spare exists (3D000)");

            server.admin().createDatabase("spare", Rig.USER);
            rig.awaitQuery(Duration.ofSeconds(10));
            assertThat(rig.postgres.databaseInUse()).contains("spare");
        }
    }

    @Test
    void fallback_whenOnlyItExists_isUsedToldAndKept() throws SQLException {
        Map<String, String> names = Map.of("DATABASE_NAME", "newer", "DATABASE_FALLBACK_NAME", "mlflow_db");
        try (Rig rig = Rig.on(server, names)) {
            rig.awaitStatus(Status.DEGRADED, Duration.ofSeconds(10));
            assertThat(rig.mooring.health().ready()).isTrue();
            assertThat(rig.mooring.health().warnings())
                    .contains("database: running on fallback name mlflow_db because newer does not exist");
            assertThat(rig.postgres.databaseInUse()).contains("mlflow_db");

            server.admin().createDatabase("newer", Rig.USER);
            rig.proxy.inject(Fault.refuse());
            rig.awaitStatus(Status.DOWN, Duration.ofSeconds(5));
            rig.proxy.heal();
            rig.awaitQuery(Duration.ofSeconds(5));
            assertThat(rig.query("select current_database()"))
                    .as("one truth while it runs")
                    .isEqualTo("mlflow_db");
        }
        try (Rig next = Rig.on(server, names).awaitUp()) {
            assertThat(next.query("select current_database()")).isEqualTo("newer");
        }
    }

    @Test
    void rollBack_isASetting() throws SQLException {
        server.admin().createDatabase("mlflow", Rig.USER);
        try (Rig rig = Rig.on(server, Map.of("DATABASE_NAME", "mlflow")).awaitUp()) {
            assertThat(rig.query("select current_database()")).isEqualTo("mlflow");
        }
    }

    @Test
    void fallback_whenTheServerRefuses_isNotEvenTried() {
        server.stop();
        Map<String, String> names = Map.of("DATABASE_FALLBACK_NAME", "mlflow");
        try (Rig rig = Rig.on(server, names);
                Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            await().until(() ->
                    logged.lines().stream().filter(l -> l.contains("failed")).count() >= 3);
            assertThat(logged.lines()).noneMatch(line -> line.contains("/mlflow as"));
        }
    }

    @Test
    void tls_requiredButNotOffered_isToldAsSuch() {
        try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", "require"))) {
            Failure failure = failure(rig);
            assertThat(failure.kind()).isEqualTo(FailureKind.TLS_FAILED);
            assertThat(failure.message()).contains("SSL");
        }
    }

    @Test
    void tls_offered_isUsedAndVerified() throws SQLException {
        try (TestPostgres encrypted = TestPostgres.builder().tls().start()) {
            Rig.prepare(encrypted);
            Map<String, String> verified = Map.of(
                    "DATABASE_SSLMODE",
                    "verify-full",
                    "DATABASE_SSLROOTCERT",
                    encrypted.certificate().toString());
            for (Map<String, String> tls : java.util.List.of(verified, Map.of("DATABASE_SSLMODE", "require"))) {
                try (Rig rig = Rig.on(encrypted, tls).awaitUp()) {
                    assertThat(rig.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                            .isEqualTo("t");
                }
            }
            try (Rig rig = Rig.on(encrypted, Map.of("DATABASE_SSLMODE", "verify-full"))) {
                assertThat(failure(rig).kind())
                        .as("an authority that nobody knows")
                        .isEqualTo(FailureKind.TLS_FAILED);
            }
        }
    }

    @Test
    void missingRights_ofACall_degradeUntilAWriteSucceeds() throws SQLException {
        server.admin().execute("mlflow_db", "create table locked (id int)");
        server.admin().execute("mlflow_db", "create table mine (id int)");
        server.admin().execute("mlflow_db", "alter table mine owner to registry");
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            try {
                rig.update("insert into locked values (1)");
            } catch (SQLException refused) {
                assertThat(refused.getSQLState()).isEqualTo("42501");
            }
            rig.awaitStatus(Status.DEGRADED, Duration.ofSeconds(2));
            assertThat(rig.health().findings()).anyMatch(finding -> finding.kind() == FailureKind.PERMISSION_DENIED);
            assertThat(rig.mooring.health().ready()).isTrue();

            rig.update("insert into mine values (1)");
            rig.awaitStatus(Status.UP, Duration.ofSeconds(2));
        }
    }
}
