package dev.mooring.postgres.diagnosis;

import static dev.mooring.postgres.diagnosis.ServerChecks.CREATE;
import static dev.mooring.postgres.diagnosis.ServerChecks.DISK;
import static dev.mooring.postgres.diagnosis.ServerChecks.FALLBACK;
import static dev.mooring.postgres.diagnosis.ServerChecks.TABLES;
import static dev.mooring.postgres.diagnosis.ServerChecks.WRITES;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.Round;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.PostgresFailures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The layers behind the log-in but the settings. They change nothing: the write goes into a temporary table, which is rolled back.
 *
 * @param subject the database
 * @param logIn has the session
 */
record ServerLayers(Subject subject, LogInLayer logIn) {
    private static final String FACTS =
            "select current_database(), current_setting('server_version'), pg_is_in_recovery(),"
                    + " current_setting('transaction_read_only') = 'on'";
    private static final String WRITE = "create temporary table mooring_diagnosis (t text) on commit drop;"
            + " insert into mooring_diagnosis select repeat(md5(i::text), 50) from generate_series(1, 700) i";
    /** So many tables are named. */
    private static final int NAMED = 3;

    private static final String RIGHTS = """
            select has_database_privilege(current_database(), 'CREATE'),
              (select has_schema_privilege(oid, 'USAGE') from pg_namespace where nspname = 'mooring'),
              (select count(*) from pg_tables where schemaname = 'mooring' and tablename <> 'flyway_schema_history'),
              (select string_agg(c.relname, ', ' order by c.relname)
                 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'mooring' and c.relkind in ('r', 'p')
                  and not (has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')))
            """;

    void database(Round round) throws SQLException, BrokenException {
        if (logIn.isCutOffBefore(Layer.DATABASE)) {
            round.unused("the server ended the session before it could be asked");
            return;
        }
        try (Statement statement = logIn.session(round).createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            round.saw(row.getString(1) + " on PostgreSQL " + row.getString(2).split(" ", 2)[0]);
        }
        subject.source().nameFinding().ifPresent(finding -> round.warn(FALLBACK, finding.message()));
    }

    void query(Round round) throws SQLException, BrokenException {
        Connection session = logIn.session(round);
        long begun = System.nanoTime();
        boolean readOnly;
        boolean standby;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            standby = row.getBoolean(3);
            readOnly = row.getBoolean(4);
        }
        round.saw(String.format(Locale.ROOT, "answered in %.1f ms", (System.nanoTime() - begun) / 1e6));
        if (standby || readOnly) {
            String why = standby ? "the server is a standby" : "the server is set to read-only";
            if (subject.reads()) {
                round.saw(why);
            } else {
                round.warn(WRITES, "writes are refused: " + why);
            }
        } else if (!subject.reads()) {
            write(session, round);
        }
    }

    private static void write(Connection session, Round round) throws SQLException, BrokenException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(WRITE);
            session.rollback();
            round.saw("wrote 1 MB and took it back");
        } catch (SQLException failed) {
            FailureKind kind = PostgresFailures.INSTANCE.classify(failed).orElse(FailureKind.UNKNOWN);
            if (kind == FailureKind.DISK_FULL) {
                throw DISK.broken(words(failed));
            }
            if (kind != FailureKind.PERMISSION_DENIED) {
                throw failed;
            }
            session.rollback();
            round.saw("no write was tried, because the user may not create temporary tables");
        }
        session.setAutoCommit(true);
    }

    private static String words(SQLException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("") + " (" + failed.getSQLState() + ")";
    }

    /** How many tables these are, with the names of the first three. */
    private static String shortened(String closed, int all) {
        List<String> names = List.of(closed.split(", "));
        return names.size() + " of " + all + " tables: "
                + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? ", …" : "");
    }

    void rights(Round round) throws SQLException, BrokenException {
        try (Statement statement = logIn.session(round).createStatement();
                ResultSet row = statement.executeQuery(RIGHTS)) {
            row.next();
            boolean creates = row.getBoolean(1);
            @Nullable Object uses = row.getObject(2);
            @Nullable String closed = row.getString(4);
            if (uses == null) {
                if (!creates && subject.creates()) {
                    throw CREATE.broken("there is no schema mooring yet, and "
                            + subject.source().user() + " may not create one in this database");
                }
                round.saw(creates ? "may create schemas" : "may not create schemas");
            } else if (!Boolean.TRUE.equals(uses)) {
                throw TABLES.broken(subject.source().user() + " may not use the schema mooring");
            } else if (closed != null) {
                throw TABLES.broken(
                        subject.source().user() + " may not read and write " + shortened(closed, row.getInt(3)));
            } else {
                round.saw("may read and write the " + row.getInt(3) + " tables of schema mooring");
            }
        }
    }
}
