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
    private static final String RIGHTS = """
            select has_database_privilege(current_database(), 'CREATE'),
              (select has_schema_privilege(oid, 'USAGE') from pg_namespace where nspname = 'mooring'),
              (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'mooring')
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

    void rights(Round round) throws SQLException, BrokenException {
        Connection session = logIn.session(round);
        String user = subject.source().user();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(RIGHTS)) {
            row.next();
            boolean creates = row.getBoolean(1);
            @Nullable Object uses = row.getObject(2);
            if (uses == null) {
                if (!creates && subject.creates()) {
                    throw CREATE.broken(
                            "there is no schema mooring yet, and " + user + " may not create one in this database");
                }
                round.saw(creates ? "may create schemas" : "may not create schemas");
                return;
            }
            if (!Boolean.TRUE.equals(uses)) {
                String owner = String.valueOf(row.getString(3));
                throw TABLES.broken(user + " may not use the schema mooring ("
                        + (owner.equals(user) ? "although it owns it" : "it belongs to " + owner) + ")");
            }
        }
        TableGaps gaps = TableGaps.of(session);
        if (!gaps.areNone()) {
            throw TABLES.broken(gaps.words(user));
        }
        round.saw("may read and write the " + gaps.all() + " tables of schema mooring");
    }
}
