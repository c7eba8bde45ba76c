package dev.mooring.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ProfileTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Profile[] profiles() {
        return new Profile[] {Profile.FLOW, Profile.GLUCOLENS};
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void migrations_onAnEmptyDatabase_makeEveryTable_andAreSafeToRepeat(Profile profile) throws Exception {
        DataSource database = database(profile.database());
        try (Connection connection = database.getConnection()) {
            assertThat(profile.missingTables(connection)).hasSameSizeAs(profile.tables());

            profile.migrations().run(database);
            profile.migrations().run(database);

            assertThat(profile.missingTables(connection)).isEmpty();
        }
    }

    @Test
    void migrations_ofBothSystemsInOneDatabase_makeTheTablesOfBoth() throws Exception {
        DataSource database = database("both");
        try (Connection connection = database.getConnection()) {
            Profile.GLUCOLENS.migrations().run(database);
            Profile.FLOW.migrations().run(database);

            assertThat(Profile.FLOW.missingTables(connection)).isEmpty();
            assertThat(Profile.GLUCOLENS.missingTables(connection)).isEmpty();
        }
    }

    @Test
    void missingTables_areNamedWithoutTheUsualSchema_inTheOrderOfTheProfile() throws Exception {
        DataSource database = database("incomplete");
        Profile.FLOW.migrations().run(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table public.payments, public.notifications");

            assertThat(Profile.FLOW.missingTables(connection)).containsExactly("payments", "notifications");
        }
    }

    @Test
    void flow_hasTheLimitsOfTheOlderInitScript() {
        assertThat(Profile.FLOW.init())
                .isEqualTo(new InitLimits("flow_backend_init", Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(Profile.FLOW.database()).isEqualTo("oxygen_platform");
        assertThat(Profile.FLOW.retry().backoff().attempts()).isEqualTo(10);
    }

    private static DataSource database(String name) throws SQLException {
        server.admin().createDatabase(name);
        return server.admin().dataSource(name);
    }
}
