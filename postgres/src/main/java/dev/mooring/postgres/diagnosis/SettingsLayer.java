package dev.mooring.postgres.diagnosis;

import static dev.mooring.postgres.diagnosis.ServerChecks.CLOCK;
import static dev.mooring.postgres.diagnosis.ServerChecks.DNS_CACHE;
import static dev.mooring.postgres.diagnosis.ServerChecks.DURABLE;
import static dev.mooring.postgres.diagnosis.ServerChecks.LAG;
import static dev.mooring.postgres.diagnosis.ServerChecks.ROOM;
import static dev.mooring.postgres.diagnosis.ServerChecks.USED;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Round;
import java.security.Security;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the settings of the server with those of this process. Only warnings come from here.
 *
 * @param subject the database
 * @param logIn has the session
 * @param named whether a host is a name, so that the JVM's cache of addresses counts
 */
record SettingsLayer(Subject subject, LogInLayer logIn, boolean named) {
    private static final String QUESTION = """
            select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int as open,
              (select count(*) from pg_stat_activity where backend_type = 'client backend') as used,
              (select rolconnlimit from pg_roles where rolname = current_user) as of_role,
              (select datconnlimit from pg_database where datname = current_database()) as of_database,
              extract(epoch from clock_timestamp()) as clock,
              (select string_agg(name || ' is off', ', ') from pg_settings
                where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off') as careless,
              (select count(*) from pg_stat_replication) as standbys,
              extract(epoch from now() - pg_last_xact_replay_timestamp()) as lag,
              pg_is_in_recovery() as standby
            """;
    private static final double MOST_USED = 0.9;
    private static final double MOST_CLOCK_SECONDS = 2;
    private static final double MOST_LAG_SECONDS = 60;
    private static final int MOST_CACHE_SECONDS = 60;

    void compare(Round round) throws SQLException, BrokenException {
        long asked = System.currentTimeMillis();
        try (Statement statement = logIn.session(round).createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            double ours = (asked + System.currentTimeMillis()) / 2e3;
            connections(row, round);
            clock(row.getDouble("clock") - ours, round);
            replication(row, round);
            String careless = row.getString("careless");
            if (careless != null) {
                round.warn(DURABLE, careless);
            }
        }
        cache(round);
    }

    private void connections(ResultSet row, Round round) throws SQLException {
        int open = row.getInt("open");
        int used = row.getInt("used");
        int own = subject.connections();
        round.saw(used + " of " + open + " connections in use, " + own + " for this process");
        List<String> tooSmall = new ArrayList<>();
        limit("max_connections less the reserved ones", open, own, tooSmall);
        limit("the limit of the role", row.getInt("of_role"), own, tooSmall);
        limit("the limit of the database", row.getInt("of_database"), own, tooSmall);
        if (!tooSmall.isEmpty()) {
            round.warn(ROOM, "this process may need " + own + " connections; " + String.join(", ", tooSmall));
        }
        if (used >= open * MOST_USED) {
            round.warn(USED, used + " of " + open + " connections are in use");
        }
    }

    /** A limit of -1 is none. */
    private static void limit(String which, int limit, int own, List<String> tooSmall) {
        if (limit >= 0 && limit < own) {
            tooSmall.add(which + " is " + limit);
        }
    }

    private static void clock(double ahead, Round round) {
        String words = String.format(Locale.ROOT, "%.1f s", Math.abs(ahead));
        if (Math.abs(ahead) >= MOST_CLOCK_SECONDS) {
            round.warn(
                    CLOCK,
                    "the server's clock is " + words + (ahead > 0 ? " ahead" : " behind") + " ours, which says "
                            + Instant.now());
        } else {
            round.saw("clocks " + words + " apart");
        }
    }

    private static void replication(ResultSet row, Round round) throws SQLException {
        if (row.getBoolean("standby")) {
            double lag = row.getDouble("lag");
            String words = String.format(Locale.ROOT, "standby, last change %.0f s ago", lag);
            round.saw(words);
            if (lag > MOST_LAG_SECONDS) {
                round.warn(LAG, words);
            }
        } else if (row.getInt("standbys") > 0) {
            round.saw("primary of " + row.getInt("standbys") + " standbys");
        }
    }

    private void cache(Round round) {
        String ttl = String.valueOf(Security.getProperty("networkaddress.cache.ttl"));
        if (named && ttl.matches("-?\\d{1,9}")) {
            int seconds = Integer.parseInt(ttl);
            if (seconds < 0 || seconds > MOST_CACHE_SECONDS) {
                round.warn(DNS_CACHE, "the JVM keeps addresses " + (seconds < 0 ? "for ever" : seconds + " s"));
            }
        }
    }
}
