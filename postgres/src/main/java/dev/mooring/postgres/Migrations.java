package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a schema with Flyway to the version that this build needs. It is a start task: it runs when the database first answers, before
 * the breaker admits calls. Several instances may start at once: one migrates, the others wait for it without a limit. It ignores
 * migrations that a newer build made, so that an older build starts after a roll-back. Immutable.
 *
 * @param schema the schema; created when it is missing
 * @param locations the places of the scripts, such as {@code classpath:db/migration}
 * @param tables the tables that must exist afterwards
 * @param othersMigrateToo whether the history of the schema also holds scripts of other modules or services
 */
public record Migrations(String schema, List<String> locations, List<String> tables, boolean othersMigrateToo)
        implements DatabaseTask {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** A newer build may have run scripts that this one does not know. */
    private static final String[] ALONE = {"*:future"};

    /**
     * With a lock of the session Flyway uses one connection, so a script and its row in the history are one transaction. With its standard, a
     * lock of a transaction, they are two: a process that is killed between them leaves tables that the history does not know, and no later
     * start succeeds.
     */
    private static final Map<String, String> ONE_TRANSACTION = Map.of("flyway.postgresql.transactional.lock", "false");

    private static final String HISTORY = "flyway_schema_history";

    private static final String[] WITH_OTHERS = {"*:future", "*:missing"};

    public Migrations {
        locations = List.copyOf(locations);
        tables = List.copyOf(tables);
    }

    /** Migrations of this schema with the scripts at these places. */
    public static Migrations of(String schema, String... locations) {
        return new Migrations(schema, List.of(locations), List.of(), false);
    }

    /** The same, but these tables of the schema must exist afterwards, even where the history says that all scripts ran. */
    public Migrations expecting(String... names) {
        return new Migrations(schema, locations, List.of(names), othersMigrateToo);
    }

    /**
     * The same in a schema that several modules share, each with scripts of its own and all with different numbers. Scripts in the
     * history that are not at our locations belong to another module, and ours run also when the number of another is higher.
     */
    public Migrations amongOthers() {
        return new Migrations(schema, locations, tables, true);
    }

    /**
     * Migrates, then checks that the expected tables exist.
     *
     * @throws SchemaException a script failed, was changed after it ran, or a table is missing; the message says which, in one line and
     *     without the words of Flyway or of the server, because health shows it
     */
    @Override
    public void run(DataSource connections) throws SQLException {
        long begun = System.nanoTime();
        // A failure to connect keeps its own words; it is no failed migration.
        connections.getConnection().close();
        MigrateResult result = migrate(connections);
        List<String> missing = missing(connections);
        if (!missing.isEmpty()) {
            throw new SchemaException("schema " + schema + " lacks " + String.join(", ", missing)
                    + ", although its history says that they were made; restore them from a backup");
        }
        String version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        LOG.info(
                "schema {} {} version {} ({} s)",
                schema,
                result.migrationsExecuted == 0 ? "is at" : "migrated to",
                version,
                String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begun) / 1e9));
    }

    /** The history's identity and the names of the expected tables that exist. A newer build may replace a table; its name stays. */
    @Override
    public Optional<String> traces() {
        String names = Stream.concat(Stream.of(HISTORY), tables.stream())
                .map(Migrations::quoted)
                .collect(Collectors.joining(", "));
        return Optional.of("select string_agg(case c.relname when " + quoted(HISTORY)
                + " then c.oid::text else c.relname::text end, ' ' order by c.relname)"
                + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = " + quoted(schema) + " and c.relkind in ('r', 'p') and c.relname in (" + names
                + ")");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private MigrateResult migrate(DataSource connections) {
        FluentConfiguration plan = Flyway.configure()
                .configuration(ONE_TRANSACTION)
                .dataSource(connections)
                .schemas(schema)
                .table(HISTORY)
                .createSchemas(true)
                .locations(locations.toArray(String[]::new))
                .failOnMissingLocations(true)
                .lockRetryCount(-1)
                .outOfOrder(othersMigrateToo)
                .ignoreMigrationPatterns(othersMigrateToo ? WITH_OTHERS : ALONE);
        Flyway flyway = plan.load();
        try {
            return flyway.migrate();
        } catch (FlywayException failed) {
            throw new SchemaException("schema " + schema + ": " + MigrationFailure.describe(failed, flyway), failed);
        }
    }

    private List<String> missing(DataSource connections) throws SQLException {
        List<String> missing = new ArrayList<>();
        if (tables.isEmpty()) {
            return missing;
        }
        try (Connection connection = connections.getConnection();
                PreparedStatement ask =
                        connection.prepareStatement("select 1 from pg_tables where schemaname = ? and tablename = ?")) {
            ask.setString(1, schema);
            for (String table : tables) {
                ask.setString(2, table);
                try (ResultSet row = ask.executeQuery()) {
                    if (!row.next()) {
                        missing.add(table);
                    }
                }
            }
        }
        return missing;
    }
}
