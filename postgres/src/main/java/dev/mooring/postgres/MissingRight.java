package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;

/** Which right a migration lacks. The server's own words are in its language, so this class asks whether the schema exists. */
final class MissingRight {
    private static final String QUESTION = "select current_user, current_database(),"
            + " exists (select from pg_catalog.pg_namespace where nspname = ?)";

    private MissingRight() {}

    /** The right in words, with the statement that grants it. */
    static String of(Flyway flyway) {
        Configuration all = flyway.getConfiguration();
        String schema = all.getSchemas()[0];
        try (Connection connection = all.getDataSource().getConnection();
                PreparedStatement ask = connection.prepareStatement(QUESTION)) {
            ask.setString(1, schema);
            try (ResultSet row = ask.executeQuery()) {
                row.next();
                return row.getBoolean(3)
                        ? row.getString(1) + " lacks a right; make it the owner of the schema and its tables"
                        : row.getString(1) + " may not create the schema; grant create on database " + row.getString(2)
                                + " to " + row.getString(1);
            }
        } catch (SQLException away) {
            return "the database user lacks a right; make it the owner of the schema and its tables";
        }
    }
}
