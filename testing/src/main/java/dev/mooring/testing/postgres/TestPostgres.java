package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the test's own, which the test can break. It gets its port when it is created, and keeps port and data over every
 * stop and start. It checks passwords (SCRAM). See the package for an example.
 *
 * <p>Every call returns when its effect is complete. A call in a wrong state (start a running server, stop a stopped one) throws an
 * {@link IllegalStateException}. Thread-safe; calls wait for each other. {@link #close()} ends all processes of the server and deletes its
 * files; so does the end of this JVM, however it ends.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final PostgresPrograms programs;
    private final int port;
    private final Path home;
    private final Path data;
    private final PostgresAdmin admin;
    private final Map<String, String> settings;
    private final @Nullable SelfSigned certificate;
    private final @Nullable SmallDisk disk;

    /** Guarded by the lock of this object, like every change of the server's state. */
    private final ServerProcess process;

    private TestPostgres(Builder wanted) {
        programs = wanted.programs.orElseGet(PostgresPrograms::chosen);
        port = wanted.port.orElseGet(FreePort::choose);
        home = wanted.home.orElseGet(() -> Workshop.newServer(programs));
        data = home.resolve("data");
        admin = new PostgresAdmin(HOST, port);
        settings = new LinkedHashMap<>(wanted.settings);
        wanted.files.forEach(
                (name, file) -> settings.put(name, copyForServer(file, name).toString()));
        certificate = wanted.tls ? SelfSigned.in(home) : null;
        if (certificate != null) {
            give(certificate.key());
        }
        disk = wanted.smallDisk ? new SmallDisk(data.resolve("base")) : null;
        Configuration.write(data, port, certificate, settings);
        List<String> command = programs.programs().postgres(data);
        process = new ServerProcess(disk == null ? command : disk.command(command), data, wanted.language);
    }

    private Path copyForServer(Path file, String name) {
        try {
            Path copy = Files.copy(file, home.resolve(name));
            give(copy);
            return copy;
        } catch (IOException failed) {
            throw new UncheckedIOException("no copy of " + file + " for the server", failed);
        }
    }

    /** The user of this JVM may be root, and the server runs as another one then. */
    private static void give(Path file) {
        try {
            Unprivileged.give(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("the server cannot read " + file, failed);
        }
    }

    /** A running server with all defaults. */
    public static TestPostgres started() {
        return builder().start();
    }

    /** Builds a server with settings of the test. */
    public static Builder builder() {
        return new Builder();
    }

    /** The numeric loopback address that the server listens on. */
    public String host() {
        return HOST;
    }

    /** The port that the server listens on when it runs. */
    public int port() {
        return port;
    }

    /** The JDBC URL of a database on it, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** Acts on this server as its superuser. */
    public PostgresAdmin admin() {
        return admin;
    }

    /**
     * The server's certificate as a PEM file, for clients to trust.
     *
     * @throws IllegalStateException if the server was built without TLS
     */
    public Path certificate() {
        if (certificate == null) {
            throw new IllegalStateException("this server has no certificate; build it with tls()");
        }
        return certificate.certificate();
    }

    /** Whether the process of the server exists, frozen or not. */
    public synchronized boolean isRunning() {
        return process.isRunning();
    }

    /** The lines that the server logged, over all starts. */
    public synchronized List<String> log() {
        return process.log();
    }

    /** Starts the server; returns when it takes connections. */
    public synchronized void start() {
        process.start();
    }

    /** Stops the server with a fast shutdown: it ends sessions with 57P01 and refuses new ones. */
    public synchronized void stop() {
        process.stop(Signal.INT);
    }

    /** Stops the server with an immediate shutdown: sessions end with 57P02, as in a crash, and the next start recovers. */
    public synchronized void stopImmediately() {
        process.stop(Signal.QUIT);
    }

    /** Stops the server with a fast shutdown and starts it again on the same port and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Ends all processes of the server with SIGKILL; committed data is there after the next start. */
    public synchronized void kill() {
        process.kill();
    }

    /** Freezes all processes of the server (SIGSTOP): the kernel accepts connections, and the server does not answer. */
    public synchronized void freeze() {
        process.freeze();
    }

    /** Continues the processes after {@link #freeze()}. */
    public synchronized void thaw() {
        process.thaw();
    }

    /** Makes new transactions read-only (25006 for a write), also those of open sessions, unless a session sets otherwise. */
    public synchronized void makeReadOnly() throws SQLException {
        admin.setReadOnly(true);
    }

    /** Ends {@link #makeReadOnly()}. */
    public synchronized void makeWritable() throws SQLException {
        admin.setReadOnly(false);
    }

    /**
     * Restarts the server as a hot standby: it is in recovery and refuses every write (25006), as the old primary does after a failover.
     */
    public synchronized void becomeStandby() {
        stop();
        Configuration.markAsStandby(data);
        start();
    }

    /**
     * Starts another server that follows this one as a hot standby, by streaming, with a port of its own. The caller closes it.
     * {@link #promote()} makes it a primary.
     *
     * @throws IllegalStateException if this server has a small disk, whose files cannot be copied
     */
    public synchronized TestPostgres newStandby() throws SQLException {
        if (disk != null) {
            throw new IllegalStateException("a server with a small disk cannot have a standby");
        }
        Path copy = Workshop.newHome();
        try {
            BaseBackup.copy(admin, data, copy.resolve("data"));
        } catch (IOException failed) {
            throw new UncheckedIOException("the files of " + this + " cannot be copied for a standby", failed);
        }
        Configuration.markAsStandby(copy.resolve("data"));
        Builder standby = builder().programs(programs);
        standby.home = Optional.of(copy);
        standby.settings.putAll(settings);
        return standby.setting("primary_conninfo", admin.connectionInfo()).start();
    }

    /** Makes this standby a primary; sessions stay open. */
    public synchronized void promote() throws SQLException {
        admin.promote();
    }

    /**
     * Fills the disk of tables, indexes and temporary files: a write that needs another page fails with 53100. Rows may still fit into
     * existing pages.
     *
     * @throws IllegalStateException if the server was built without a small disk
     */
    public synchronized void fillDisk() {
        disk().fill();
    }

    /** Ends {@link #fillDisk()}. */
    public synchronized void freeDisk() {
        disk().free();
    }

    /** Ends the server in any state and deletes its files. */
    @Override
    public synchronized void close() {
        process.end();
        if (disk != null) {
            disk.close();
        }
        try {
            Folders.delete(home);
        } catch (IOException failed) {
            throw new UncheckedIOException("the files of " + this + " are not deleted", failed);
        }
    }

    @Override
    public String toString() {
        return programs.description() + " on " + HOST + ":" + port;
    }

    private SmallDisk disk() {
        if (disk == null) {
            throw new IllegalStateException("this server has no disk of its own; build it with smallDisk()");
        }
        return disk;
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, Path> files = new LinkedHashMap<>();
        private Optional<PostgresPrograms> programs = Optional.empty();
        private Optional<Integer> port = Optional.empty();
        private Optional<Path> home = Optional.empty();
        private Optional<String> language = Optional.empty();
        private boolean tls;
        private boolean smallDisk;

        private Builder() {}

        /** Sets which PostgreSQL runs; by default {@link PostgresPrograms#chosen()}. */
        public Builder programs(PostgresPrograms which) {
            programs = Optional.of(which);
            return this;
        }

        /** Sets the port; by default a free one. */
        public Builder port(int which) {
            port = Optional.of(which);
            return this;
        }

        /** Sets how many connections the server takes in all; it keeps the last three for the superuser. 100 by default. */
        public Builder maxConnections(int most) {
            return setting("max_connections", String.valueOf(most));
        }

        /** Sets any other setting of {@code postgresql.conf}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Sets a setting that names a file, such as {@code hba_file}; the server gets a copy of the file, which it may read. */
        public Builder settingFile(String name, Path file) {
            files.put(name, file);
            return this;
        }

        /**
         * Makes the server speak another language, such as {@code de}. Needs programs with a translation, as those of Debian are; others go
         * on in English.
         */
        public Builder language(String which) {
            language = Optional.of(which);
            // Of the locales that every system has, the only one in which the C library translates.
            return setting("lc_messages", "C.UTF-8");
        }

        /** Gives the server a certificate for localhost and 127.0.0.1; clients may still connect without TLS. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** Gives the server a small disk, which the test can fill; needs Linux and the right to mount in a namespace. */
        public Builder smallDisk() {
            smallDisk = true;
            return this;
        }

        /** Creates the server without starting it, for a database that starts late. */
        public TestPostgres create() {
            return new TestPostgres(this);
        }

        /** Creates and starts the server. */
        public TestPostgres start() {
            TestPostgres server = create();
            try {
                server.start();
                return server;
            } catch (RuntimeException notStarted) {
                server.close();
                throw notStarted;
            }
        }
    }
}
