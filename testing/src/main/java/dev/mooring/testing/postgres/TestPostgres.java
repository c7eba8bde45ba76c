package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the test's own that can be hurt. Its port is chosen when it is created, and it keeps port and data over every
 * stop and start; passwords are checked (SCRAM). See the package for an example.
 *
 * <p>Every call returns when what it asks for is so. A call in a wrong state (start a running server, stop a stopped one) is an {@link
 * IllegalStateException}. Thread-safe; calls wait for each other. {@link #close()} ends all its processes and deletes its files; so
 * does the end of this JVM, however it ends.
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
        settings = Map.copyOf(wanted.settings);
        certificate = wanted.tls ? SelfSigned.in(home) : null;
        disk = wanted.smallDisk ? new SmallDisk(data.resolve("base")) : null;
        Configuration.write(data, port, certificate, settings);
        List<String> command = programs.programs().postgres(data);
        process = new ServerProcess(disk == null ? command : disk.command(command), data);
    }

    /** A server with everything by default, running. */
    public static TestPostgres started() {
        return builder().start();
    }

    /** A server as the test needs it. */
    public static Builder builder() {
        return new Builder();
    }

    /** The numeric loopback address that it listens on. */
    public String host() {
        return HOST;
    }

    /** The port that it listens on when it runs. */
    public int port() {
        return port;
    }

    /** The JDBC URL of a database on it, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** The superuser's hands. */
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

    /** Whether its process is there, frozen or not. */
    public synchronized boolean isRunning() {
        return process.isRunning();
    }

    /** Everything that it logged, over all starts. */
    public synchronized List<String> log() {
        return process.log();
    }

    /** Starts it; returns when it takes connections. */
    public synchronized void start() {
        process.start();
    }

    /** Stops it in order (fast shutdown): sessions are ended with 57P01 and new ones refused. */
    public synchronized void stop() {
        process.stop(Signal.INT);
    }

    /** Stops it at once (immediate shutdown): sessions end with 57P02, as in a crash, and the next start recovers. */
    public synchronized void stopImmediately() {
        process.stop(Signal.QUIT);
    }

    /** Stops it in order and starts it again on the same port and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Ends all its processes with SIGKILL; what was committed is there after the next start. */
    public synchronized void kill() {
        process.kill();
    }

    /** Stops all its processes where they stand: connections are accepted by the kernel and nothing ever answers. */
    public synchronized void freeze() {
        process.freeze();
    }

    /** Lets it go on after {@link #freeze()}. */
    public synchronized void thaw() {
        process.thaw();
    }

    /** New transactions are read-only (25006 for a write), in sessions that are open too, unless a session says otherwise. */
    public synchronized void makeReadOnly() throws SQLException {
        admin.setReadOnly(true);
    }

    /** Ends {@link #makeReadOnly()}. */
    public synchronized void makeWritable() throws SQLException {
        admin.setReadOnly(false);
    }

    /** Restarts it as a hot standby: it is in recovery and refuses every write (25006), as the old primary after a failover does. */
    public synchronized void becomeStandby() {
        stop();
        Configuration.markAsStandby(data);
        start();
    }

    /**
     * Another server, running, that streams everything from this one and follows it as a hot standby with its own port. The caller
     * closes it. With {@link #promote()} it goes on by itself.
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

    /** Makes a standby the primary; sessions stay open. */
    public synchronized void promote() throws SQLException {
        admin.promote();
    }

    /**
     * Leaves no space for tables, indexes and temporary files: a write that needs another page fails with 53100. Rows may still fit
     * into pages that are there.
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

    /** Ends it in whatever state it is and deletes its files. */
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

    /** What a server shall be like. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private Optional<PostgresPrograms> programs = Optional.empty();
        private Optional<Integer> port = Optional.empty();
        private Optional<Path> home = Optional.empty();
        private boolean tls;
        private boolean smallDisk;

        private Builder() {}

        /** Which PostgreSQL; by default {@link PostgresPrograms#chosen()}. */
        public Builder programs(PostgresPrograms which) {
            programs = Optional.of(which);
            return this;
        }

        /** The port; by default a free one. */
        public Builder port(int which) {
            port = Optional.of(which);
            return this;
        }

        /** How many connections it takes in all; the last three are for the superuser. 100 by default. */
        public Builder maxConnections(int most) {
            return setting("max_connections", String.valueOf(most));
        }

        /** Any other setting of {@code postgresql.conf}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** With a certificate of its own for localhost and 127.0.0.1; clients may still come without TLS. */
        public Builder tls() {
            tls = true;
            return this;
        }

        /** With a disk of its own that can be filled; needs Linux and the right to mount in a namespace. */
        public Builder smallDisk() {
            smallDisk = true;
            return this;
        }

        /** The server, not started yet: for a database that comes up late. */
        public TestPostgres create() {
            return new TestPostgres(this);
        }

        /** The server, running. */
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
