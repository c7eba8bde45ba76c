package dev.mooring.registry.configuration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** What is remembered of the last start's settings, in PostgreSQL; each call is part of its caller's transaction. */
final class ConfigurationTable {
    private static final String PUT = "insert into mooring.configuration (name, value) values (?, ?)"
            + " on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at";

    private ConfigurationTable() {}

    static Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> values = new TreeMap<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select name, value from mooring.configuration")) {
            while (row.next()) {
                values.put(row.getString("name"), row.getString("value"));
            }
        }
        return values;
    }

    /** From now until the transaction ends nobody else changes it. */
    static void lock(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("lock table mooring.configuration in share row exclusive mode");
        }
    }

    static void put(Connection connection, Map<String, String> values) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                put.setString(1, value.getKey());
                put.setString(2, value.getValue());
                put.addBatch();
            }
            put.executeBatch();
        }
    }
}
