package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every database that the service may find comes to the same tables, and no script runs twice. */
@Timeout(60)
class SchemaTest {
    /** As release 1.0.0 left it; such databases exist, so the names and the bytes of these scripts never change. */
    private static final String HISTORY_OF_1_0_0 = """
            1 V1__models.sql -1897885964
            2 V2__audit_and_intents.sql 935724363
            3 V3__api_key.sql -1882055820
            4 V4__configuration.sql 132377820
            5 V5__state_change.sql 1144501905""";

    private static final String TABLES = "api_key audit_entry audit_head configuration flyway_schema_history model"
            + " model_alias model_event model_version operator_intent registration state_change";

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
    void freshDatabase_comesToTheHistoryOfTheLastRelease() throws SQLException {
        server.admin().createDatabase("fresh");

        assertThat(migrate("fresh")).matches("migrated to version 5 \\(\\d\\.\\d s\\)");

        assertThat(history("fresh")).isEqualTo(HISTORY_OF_1_0_0);
        assertThat(tables("fresh")).isEqualTo(TABLES);
    }

    @Test
    void databaseOfTheLastRelease_isLeftAsItIs() throws SQLException {
        server.admin().createDatabase("last");
        Migrations.of("mooring", "classpath:db/migration", OperationsSchema.SCRIPTS)
                .run(server.admin().dataSource("last"));
        assertThat(history("last")).isEqualTo(HISTORY_OF_1_0_0);

        assertThat(migrate("last")).isEqualTo("at version 5");

        assertThat(history("last")).isEqualTo(HISTORY_OF_1_0_0);
    }

    @Test
    void databaseOfAnotherServiceWithOperations_getsTheModelsToo() throws SQLException {
        server.admin().createDatabase("shared");
        OperationsSchema.migrations().run(server.admin().dataSource("shared"));

        migrate("shared");
        OperationsSchema.migrations().run(server.admin().dataSource("shared"));

        assertThat(tables("shared")).isEqualTo(TABLES);
    }

    private static String migrate(String database) throws SQLException {
        Schema schema = new Schema();
        schema.run(server.admin().dataSource(database));
        return schema.news();
    }

    private static String history(String database) throws SQLException {
        return server.admin().ask(database, """
                select string_agg(version || ' ' || script || ' ' || checksum, E'\\n' order by installed_rank)
                from mooring.flyway_schema_history where version is not null""");
    }

    private static String tables(String database) throws SQLException {
        return server.admin().ask(database, """
                select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'mooring'""");
    }
}
