package dev.mooring.cli.database;

import java.sql.Connection;
import java.sql.SQLException;

/** The version of a server, for people. */
final class ServerVersion {
    private ServerVersion() {}

    /** As in {@code 15.14}, without what a distribution adds. */
    static String of(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
    }
}
