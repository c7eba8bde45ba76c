package dev.mooring.operations.keys;

import dev.mooring.operations.access.Scope;
import dev.mooring.operations.control.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code mooring.api_key}. Each method works in its caller's transaction. */
final class KeyTable {
    /** The most keys that may be valid at a time. Every instance holds all of them in memory and reads them every 2 s. */
    static final int MOST = 1_000;

    private static final String NOT_OVER =
            " from mooring.api_key where revoked_at is null and (expires_at is null or expires_at > clock_timestamp())";
    /** Those that end when calls need a key. */
    private static final String ENDING = "while_open and stays_because is null";

    private static final String SELECT = "select id, name, encode(hash, 'hex') as hash, scopes, created_at, created_by,"
            + " expires_at, while_open, stays_because is not null as stays, last_used_at";
    private static final String ORDER = " order by id limit " + MOST;
    private static final String INSERT = """
            insert into mooring.api_key (id, name, hash, scopes, created_at, created_by, expires_at, while_open, stays_because)
            values (:id, :name, :hash, :scopes, :created_at, :created_by, :expires_at, :while_open, :stays_because)""";
    private static final String USED = """
            update mooring.api_key k set last_used_at = greatest(k.last_used_at, u.at)
            from unnest(string_to_array(:ids, ',')::uuid[], string_to_array(:moments, ',')::timestamptz[]) u (id, at)
            where k.id = u.id""";
    private static final String FIND =
            "select name, revoked_at is not null as revoked from mooring.api_key where id = :id for update";
    private static final String REVOKE =
            "update mooring.api_key set revoked_at = clock_timestamp(), revoked_by = :by where id = :id";

    private final Set<Scope> known;
    private final String valid;

    /**
     * The table as this service reads it.
     *
     * @param known the scopes of this service; the table leaves out all others when it reads a key
     * @param keysAreAskedFor whether calls need a key, so that keys of {@link Standing#ENDS} are not valid
     */
    KeyTable(Set<Scope> known, boolean keysAreAskedFor) {
        this.known = known;
        this.valid = NOT_OVER + (keysAreAskedFor ? " and not (" + ENDING + ")" : "");
    }

    /** All valid keys by their hashes, oldest first. */
    Map<String, StoredKey> valid(JdbcClient database) {
        Map<String, StoredKey> keys = new LinkedHashMap<>();
        database.sql(SELECT + valid + ORDER).query(row -> {
            keys.put(row.getString("hash"), key(row));
        });
        return keys;
    }

    /** The keys that were made while calls needed none and have not ended otherwise, oldest first. */
    List<StoredKey> ending(JdbcClient database) {
        return database.sql(SELECT + NOT_OVER + " and " + ENDING + ORDER)
                .query((row, n) -> key(row))
                .list();
    }

    /** Whether the database takes writes now. */
    static boolean takesWrites(JdbcClient database) {
        return database.sql("select current_setting('transaction_read_only') = 'off'")
                .query(Boolean.class)
                .single();
    }

    /** Notes when keys were last used; a later use that another instance noted stays. */
    static void used(JdbcClient database, Map<UUID, Instant> uses) {
        if (uses.isEmpty()) {
            return;
        }
        List<Map.Entry<UUID, Instant>> all = List.copyOf(uses.entrySet());
        database.sql(USED)
                .param("ids", all.stream().map(use -> use.getKey().toString()).collect(Collectors.joining(",")))
                .param(
                        "moments",
                        all.stream().map(use -> use.getValue().toString()).collect(Collectors.joining(",")))
                .update();
    }

    /** Adds a key; false if {@link #MOST} are valid already. Other transactions that add a key wait for the end of this one. */
    boolean insert(JdbcClient database, String hash, StoredKey key, Optional<String> staysBecause) {
        database.sql("lock table mooring.api_key in share row exclusive mode").update();
        int count = database.sql("select count(*)" + valid).query(Integer.class).single();
        if (count >= MOST) {
            return false;
        }
        database.sql(INSERT)
                .param("id", key.id())
                .param("name", key.name())
                .param("hash", HexFormat.of().parseHex(hash))
                .param("scopes", Scope.codes(key.scopes()).toArray(String[]::new))
                .param("created_at", Timestamps.parameter(key.createdAt()))
                .param("created_by", key.createdBy())
                .param("expires_at", key.expiresAt().map(Timestamps::parameter).orElse(null))
                .param("while_open", key.standing() != Standing.LASTS)
                .param("stays_because", staysBecause.orElse(null))
                .update();
        return true;
    }

    /** The name of a key and whether it is revoked; locks its row. */
    Optional<Found> find(JdbcClient database, UUID id) {
        return database.sql(FIND)
                .param("id", id)
                .query((row, n) -> new Found(row.getString("name"), row.getBoolean("revoked")))
                .optional();
    }

    void revoke(JdbcClient database, UUID id, String by) {
        database.sql(REVOKE).param("by", by).param("id", id).update();
    }

    /** A key of the table. */
    record Found(String name, boolean revoked) {}

    private StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                scopes((String[]) row.getArray("scopes").getArray()),
                Timestamps.read(row, "created_at"),
                row.getString("created_by"),
                Timestamps.find(row, "expires_at"),
                Standing.of(row.getBoolean("while_open"), row.getBoolean("stays")),
                Timestamps.find(row, "last_used_at"));
    }

    /** Leaves out scopes that no feature declares: another version gave them, and no call of this one needs them. */
    private Set<Scope> scopes(String[] codes) {
        return Arrays.stream(codes)
                .flatMap(code -> Scope.of(code).stream())
                .filter(known::contains)
                .collect(Collectors.toSet());
    }
}
