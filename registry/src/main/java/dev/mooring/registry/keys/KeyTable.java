package dev.mooring.registry.keys;

import dev.mooring.registry.access.Scope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keys in PostgreSQL; each call is part of its caller's transaction. */
final class KeyTable {
    /** The most keys that are valid at a time: every instance holds all of them in memory and reads them every 2 s. */
    static final int MOST = 1_000;

    private static final String VALID =
            " from mooring.api_key where revoked_at is null and (expires_at is null or expires_at > clock_timestamp())";
    private static final String SELECT =
            "select id, name, encode(hash, 'hex') as hash, scopes, created_at, created_by, expires_at" + VALID
                    + " order by id limit " + MOST;
    private static final String INSERT = "insert into mooring.api_key"
            + " (id, name, hash, scopes, created_at, created_by, expires_at) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String FIND =
            "select name, revoked_at is not null as revoked from mooring.api_key where id = ? for update";
    private static final String REVOKE =
            "update mooring.api_key set revoked_at = clock_timestamp(), revoked_by = ? where id = ?";

    private KeyTable() {}

    /** All valid keys by their hashes, oldest first. */
    static Map<String, StoredKey> valid(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(SELECT)) {
            Map<String, StoredKey> keys = new LinkedHashMap<>();
            while (row.next()) {
                keys.put(row.getString("hash"), key(row));
            }
            return keys;
        }
    }

    /** Adds a key; false when there are as many as there may be. Others who add one wait until the transaction ends. */
    static boolean insert(Connection connection, String hash, StoredKey key) throws SQLException {
        try (Statement count = connection.createStatement()) {
            count.execute("lock table mooring.api_key in share row exclusive mode");
            try (ResultSet row = count.executeQuery("select count(*)" + VALID)) {
                row.next();
                if (row.getInt(1) >= MOST) {
                    return false;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, key.id());
            insert.setString(2, key.name());
            insert.setBytes(3, HexFormat.of().parseHex(hash));
            insert.setArray(4, scopes(connection, key.scopes()));
            insert.setObject(5, time(key.createdAt()));
            insert.setString(6, key.createdBy());
            insert.setObject(7, key.expiresAt().map(KeyTable::time).orElse(null));
            insert.executeUpdate();
            return true;
        }
    }

    /** The name of a key and whether it was revoked before; locks it. */
    static Optional<Found> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setObject(1, id);
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(new Found(row.getString("name"), row.getBoolean("revoked")))
                        : Optional.empty();
            }
        }
    }

    static void revoke(Connection connection, UUID id, String by) throws SQLException {
        try (PreparedStatement revoke = connection.prepareStatement(REVOKE)) {
            revoke.setString(1, by);
            revoke.setObject(2, id);
            revoke.executeUpdate();
        }
    }

    /** What stands in the table under an id. */
    record Found(String name, boolean revoked) {}

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                scopes(row.getArray("scopes")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static Array scopes(Connection connection, Set<Scope> scopes) throws SQLException {
        return connection.createArrayOf(
                "text", scopes.stream().sorted().map(Scope::code).toArray());
    }

    /** A scope that is not known here was given by a later version, and opens nothing in this one. */
    private static Set<Scope> scopes(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .flatMap(code -> Scope.of(code).stream())
                .collect(Collectors.toSet());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
