package dev.mooring.operations.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperationsSchemaTest {
    private static final String TABLES = """
            select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'mooring'""";
    private static final String SCRIPTS = """
            select string_agg(version, ' ' order by installed_rank) from mooring.flyway_schema_history
            where version is not null""";

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Test
    void freshDatabase_getsTheTablesOnce() throws SQLException {
        server.admin().createDatabase("fresh");

        migrate("fresh");
        migrate("fresh");

        assertThat(server.admin().ask("fresh", TABLES))
                .isEqualTo("api_key audit_entry audit_head configuration flyway_schema_history operator_intent"
                        + " state_change");
        assertThat(server.admin().ask("fresh", SCRIPTS)).isEqualTo("2 3 4 5 15");
    }

    private static void migrate(String database) throws SQLException {
        OperationsSchema.migrations().run(server.admin().dataSource(database));
    }
}
