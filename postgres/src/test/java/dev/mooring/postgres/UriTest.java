package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Mooring;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a URI has its effect on a real server. */
@Tag("server")
@Timeout(60)
class UriTest {
    private static final String PASSWORD = "p@ss/w?rd#%:+ä";
    private static final String ENCODED = "p%40ss%2Fw%3Frd%23%25%3A+%C3%A4";

    @TempDir
    private static Path folder;

    private static TestPostgres server;

    @BeforeAll
    static void start() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"),
                "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n");
        server = TestPostgres.builder()
                .setting("listen_addresses", "127.0.0.1,::1")
                .settingFile("hba_file", rules)
                .start();
        server.admin().createRole("clerk", PASSWORD);
        server.admin().createDatabase("models", "clerk");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String ask(String uri, String question) throws Exception {
        PostgresSettings settings =
                PostgresSettings.at(uri).timing(new ProbeTiming(Duration.ofMillis(500), Duration.ofSeconds(3)));
        Postgres postgres = Postgres.of(settings);
        try (Mooring mooring = Mooring.supervise(postgres.dependency())) {
            assertThat(mooring.awaitCritical(Duration.ofSeconds(15)))
                    .as("%s", mooring.health())
                    .isTrue();
            try (Connection connection = postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(question)) {
                rows.next();
                return rows.getString(1);
            }
        } finally {
            postgres.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRESQL://clerk:%s@127.0.0.1:%d/models",
                "Jdbc:PostgreSQL://127.0.0.1:%2$d/models?user=clerk&password=%1$s",
                "postgresql://clerk:%s@[::1]:%d/models",
                "postgresql://clerk:%s@/models?host=localhost&port=%d",
                "jdbc:postgresql:models?user=clerk&password=%s&port=%d",
                "postgresql://clerk:%s@127.0.0.1:%d?dbname=models",
                "postgresql+psycopg2://clerk:%s@127.0.0.1:%d,127.0.0.1:1/models"
            })
    void address_inEachForm_connects(String form) throws Exception {
        assertThat(ask(String.format(form, ENCODED, server.port()), "select current_user || current_database()"))
                .isEqualTo("clerkmodels");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            currentSchema=shop                       | show search_path                        | shop
            options=-c%20work_mem%3D8MB              | show work_mem                           | 8MB
            options=-c%20search_path%3Done,two%20--jit=off | show search_path                  | one,two
            application_name=shop                    | show application_name                   | shop
            fallback_application_name=shop           | show application_name                   | shop
            target_session_attrs=read-write          | select pg_is_in_recovery()              | f
            targetServerType=any                     | select pg_is_in_recovery()              | f
            ssl=false                                | select ssl from pg_stat_ssl where pid = pg_backend_pid() | f
            require_auth=scram-sha-256               | select 1                                | 1
            channelBinding=disable                   | select 1                                | 1
            """)
    void parameter_onARealServer_acts(String query, String question, String answer) throws Exception {
        String uri = "postgresql://clerk:" + ENCODED + "@127.0.0.1:" + server.port() + "/models?" + query;

        assertThat(ask(uri, question)).isEqualTo(answer);
    }
}
