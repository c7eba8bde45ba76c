package dev.mooring.profiles;

import dev.mooring.messages.MessagesSchema;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.settings.RetryProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A system as its commands {@code init} and {@code check} know it. Its migrations share one history with the outbox, in the schema {@code
 * mooring}; the scripts name the schema of each table that they create. Immutable.
 *
 * @param name the name that an operator types
 * @param database the name of the database where none is set
 * @param retry the attempts and waits where none are set
 * @param init the limits of the job that creates the schema
 * @param migrations the scripts that create the schema
 * @param tables the tables that must exist, as {@code schema.table}
 */
public record Profile(
        String name, String database, RetryProfile retry, InitLimits init, Migrations migrations, List<String> tables) {
    /** The flow backend: users, orders, payments, notifications. Its scripts have the numbers from 101. */
    public static final Profile FLOW = new Profile(
            "flow",
            "oxygen_platform",
            RetryProfile.FLOW,
            new InitLimits("flow_backend_init", Duration.ofSeconds(30), Duration.ofSeconds(60)),
            migrations("classpath:db/mooring/flow"),
            List.of("public.users", "public.orders", "public.payments", "public.notifications"));

    /** The glucolens backend: readings. Its scripts have the numbers from 201. */
    public static final Profile GLUCOLENS = new Profile(
            "glucolens",
            "glucolens",
            RetryProfile.GLUCOLENS,
            InitLimits.of("glucolens_backend_init"),
            migrations("classpath:db/mooring/glucolens"),
            List.of("public.readings"));

    /** What programs can select from: tables, also divided or foreign ones, and views. */
    private static final String EXISTS = """
            select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'f', 'v', 'm')""";

    public Profile {
        tables = List.copyOf(tables);
    }

    /** The tables that this database lacks, without the name of schema {@code public}. */
    public List<String> missingTables(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (PreparedStatement ask = connection.prepareStatement(EXISTS)) {
            for (String table : tables) {
                int dot = table.indexOf('.');
                ask.setString(1, table.substring(0, dot));
                ask.setString(2, table.substring(dot + 1));
                try (ResultSet answer = ask.executeQuery()) {
                    if (!answer.next()) {
                        missing.add(table.startsWith("public.") ? table.substring(dot + 1) : table);
                    }
                }
            }
        }
        return missing;
    }

    private static Migrations migrations(String scripts) {
        return MessagesSchema.expectedBy(
                Migrations.of("mooring", MessagesSchema.SCRIPTS, scripts).amongOthers());
    }
}
