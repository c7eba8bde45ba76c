package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies the files of a running server so that a standby can start from them and stream the rest. */
final class BaseBackup {
    private BaseBackup() {}

    static void copy(PostgresAdmin primary, Path from, Path to) throws SQLException, IOException {
        // The backup belongs to the session that started it.
        try (Connection session = primary.connect("postgres");
                Statement statement = session.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            Directories.copy(from, to, BaseBackup::belongsIntoCopy);
            Unprivileged.give(Files.createDirectories(to.resolve("pg_wal")));
            try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                end.next();
                Unprivileged.give(Files.writeString(to.resolve("backup_label"), end.getString(1)));
            }
        }
    }

    /** Leaves out the write-ahead log, which the standby streams, and the files of the running process. */
    private static boolean belongsIntoCopy(Path relative) {
        return !relative.startsWith("pg_wal") && !relative.toString().startsWith("postmaster.");
    }
}
