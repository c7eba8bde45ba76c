package dev.mooring.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
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
 * @param tables the tables that must exist afterwards, each with the columns that it must have; an empty list asks for no column
 * @param changed for a right, {@code UPDATE} or {@code DELETE}, the tables on whose rows the user must have it
 * @param othersMigrateToo whether the history of the schema also holds scripts of other modules or services
 */
public record Migrations(
        String schema,
        List<String> locations,
        Map<String, List<String>> tables,
        Map<String, List<String>> changed,
        boolean othersMigrateToo)
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
        tables = new ExpectedTables(schema, tables).tables();
        changed = new ExpectedTables(schema, changed).tables();
    }

    /** Migrations of this schema with the scripts at these places. */
    public static Migrations of(String schema, String... locations) {
        return new Migrations(schema, List.of(locations), Map.of(), Map.of(), false);
    }

    /**
     * The same, but these tables of the schema must exist afterwards, even where the history says that all scripts ran, and the user must be
     * able to read them and to insert rows: see {@link #unreadable()} and {@link #unwritable()}.
     */
    public Migrations expecting(String... names) {
        Migrations all = this;
        for (String name : names) {
            all = all.expectingColumns(name);
        }
        return all;
    }

    /**
     * The same, but this table of the schema must exist afterwards with these columns. The service is not ready while one is missing, and
     * further columns do not matter. So name those that this build uses.
     */
    public Migrations expectingColumns(String table, String... columns) {
        Map<String, List<String>> all = new TreeMap<>(tables);
        all.put(table, List.of(columns));
        return new Migrations(schema, locations, all, changed, othersMigrateToo);
    }

    /** The same, but the user must be able to update rows of these tables; otherwise the database is {@code degraded}. */
    public Migrations expectingUpdates(String... names) {
        return expectingRight("UPDATE", names);
    }

    /** The same, but the user must be able to delete rows of these tables; otherwise the database is {@code degraded}. */
    public Migrations expectingDeletes(String... names) {
        return expectingRight("DELETE", names);
    }

    private Migrations expectingRight(String right, String... names) {
        Map<String, List<String>> all = new TreeMap<>(changed);
        all.merge(right, List.of(names), (some, more) -> Stream.concat(some.stream(), more.stream())
                .toList());
        return new Migrations(schema, locations, tables, all, othersMigrateToo);
    }

    /**
     * The same in a schema that several modules share, each with scripts of its own and all with different numbers. Scripts in the
     * history that are not at our locations belong to another module, and ours run also when the number of another is higher.
     */
    public Migrations amongOthers() {
        return new Migrations(schema, locations, tables, changed, true);
    }

    /**
     * Migrates, then checks that the expected tables and columns exist.
     *
     * @throws SchemaException a script failed, was changed after it ran, or a table or column is missing; the message says which, in one line and
     *     without the words of Flyway or of the server, because health shows it
     */
    @Override
    public void run(DataSource connections) throws SQLException {
        long begun = System.nanoTime();
        // A failure to connect keeps its own words; it is no failed migration.
        connections.getConnection().close();
        MigrateResult result = migrate(connections);
        List<String> missing = expected().missing(connections);
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

    @Override
    public Optional<String> traces() {
        return Optional.of(expected().traces(HISTORY));
    }

    @Override
    public Optional<String> unreadable() {
        return expected().unreadable();
    }

    @Override
    public Optional<String> unwritable() {
        String all = Stream.of("INSERT into", "UPDATE", "DELETE from")
                .flatMap(words -> {
                    String right = words.split(" ", 2)[0];
                    Collection<String> names =
                            right.equals("INSERT") ? tables.keySet() : changed.getOrDefault(right, List.of());
                    return expected().unwritable(right, names).stream()
                            .map(closed -> "'" + words.toLowerCase(Locale.ROOT) + " ' || (" + closed + ")");
                })
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? Optional.empty() : Optional.of("nullif(pg_catalog.concat_ws(', ', " + all + "), '')");
    }

    private ExpectedTables expected() {
        return new ExpectedTables(schema, tables);
    }

    private MigrateResult migrate(DataSource connections) {
        Flyway inOrder = flyway(connections, false);
        try {
            return migrate(inOrder);
        } catch (SchemaException failed) {
            if (!(failed.getCause() instanceof FlywayValidateException)
                    || !othersMigrateToo
                    || !hasLateScript(inOrder)) {
                throw failed;
            }
        }
        return migrate(flyway(connections, true));
    }

    private MigrateResult migrate(Flyway flyway) {
        try {
            return flyway.migrate();
        } catch (FlywayException failed) {
            throw new SchemaException("schema " + schema + ": " + MigrationFailure.describe(failed, flyway), failed);
        }
    }

    /** Whether a script that did not run has a lower number than one that did: another module ran its scripts before. */
    private static boolean hasLateScript(Flyway flyway) {
        try {
            return Stream.of(flyway.info().all()).anyMatch(script -> script.getState() == MigrationState.IGNORED);
        } catch (FlywayException away) {
            return false;
        }
    }

    /** Flyway warns of each run with {@code lateToo}, so only one that needs it has it. */
    private Flyway flyway(DataSource connections, boolean lateToo) {
        return Flyway.configure()
                .configuration(ONE_TRANSACTION)
                .dataSource(connections)
                .schemas(schema)
                .table(HISTORY)
                .createSchemas(true)
                .locations(locations.toArray(String[]::new))
                .failOnMissingLocations(true)
                .lockRetryCount(-1)
                .outOfOrder(lateToo)
                .ignoreMigrationPatterns(othersMigrateToo ? WITH_OTHERS : ALONE)
                .load();
    }
}
