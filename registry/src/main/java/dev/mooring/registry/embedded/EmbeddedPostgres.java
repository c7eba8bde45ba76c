package dev.mooring.registry.embedded;

import dev.mooring.retry.Backoff;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this process: durable (fsync on), on 127.0.0.1 only, its data in one folder, and started again when
 * it dies. {@link #open} looks and promises, in milliseconds; {@link #start} does the work on a thread of its own,
 * {@code mooring-postgres}, which is the only one that touches the server. Thread-safe.
 *
 * <p>Whoever kills this JVM leaves the server behind. The next one on the folder stops it before it starts its own: connections to
 * a server that somebody else watches over are not adopted.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";
    private static final Backoff PAUSES =
            new Backoff(1_000_000, Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.2, Duration.ofDays(10_000));
    /** A server that ran this long was well: the next pause is a short one again. */
    private static final Duration RAN_WELL = Duration.ofSeconds(30);
    /** Longer than a stop by force takes. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final HomeLock lock;
    private final Programs programs;
    private final DataFolder data;
    private final String database;
    private final Thread thread;

    /** Down when it takes connections for the first time. */
    private final CountDownLatch accepting = new CountDownLatch(1);

    private EmbeddedPostgres(HomeLock lock, Programs programs, DataFolder data, String database) {
        this.lock = lock;
        this.programs = programs;
        this.data = data;
        this.database = database;
        this.thread = new Thread(this::run, "mooring-postgres");
        thread.setDaemon(true);
    }

    /**
     * Takes the folder for this process, chooses the port and stops a server that an earlier process left behind.
     *
     * @param home the folder; made when it is missing
     * @param database the database that shall be there
     * @throws EmbeddedPostgresException the folder is in use, cannot be written, or holds data of another PostgreSQL
     */
    public static EmbeddedPostgres open(Path home, String database) {
        try {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            HomeLock lock = HomeLock.take(home);
            try {
                return new EmbeddedPostgres(lock, new Programs(home), ready(DataFolder.in(home)), database);
            } catch (IOException | RuntimeException refused) {
                lock.close();
                throw refused;
            }
        } catch (FileAlreadyExistsException | AccessDeniedException unusable) {
            throw new EmbeddedPostgresException(
                    "MOORING_HOME is \"" + home + "\"; expected a folder that can be written", unusable);
        } catch (IOException failed) {
            throw new EmbeddedPostgresException(
                    "MOORING_HOME is \"" + home + "\", which cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static DataFolder ready(DataFolder data) throws IOException {
        if (data.exists()) {
            PidFile file = new PidFile(data.path());
            file.server().ifPresent(Stop::now);
            file.deleteIfReused();
            if (data.port() == 0 || !Ports.isFree(data.port())) {
                data.moveTo(Ports.choose());
            }
        }
        return data;
    }

    /** The address it listens on. */
    public String host() {
        return HOST;
    }

    /** The port it will listen on; the same as last time where that is free. */
    public int port() {
        return data.port();
    }

    /** The user to log in as. */
    public String user() {
        return USER;
    }

    /** That user's password, made up when the data was. */
    public Secret password() {
        return data.password();
    }

    /**
     * Starts it in the background, and again whenever it ends, until {@link #close}. What goes wrong is logged and tried again
     * after a growing pause of at most 10 s.
     */
    public void start() {
        thread.start();
    }

    /** Waits until it has taken connections for the first time; false when {@code limit} passed before. */
    public boolean awaitAccepting(Duration limit) throws InterruptedException {
        return accepting.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops it and gives the folder back; takes at most 8 s, less than one when it is idle. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT.toMillis());
            lock.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException unlikely) {
            LOG.warn("the lock on MOORING_HOME is freed when this process ends: {}", unlikely.getMessage());
        }
    }

    private void run() {
        try {
            int failures = 0;
            while (true) {
                long begun = System.nanoTime();
                String failure = serve();
                failures = System.nanoTime() - begun > RAN_WELL.toNanos() ? 1 : failures + 1;
                Duration pause = PAUSES.delayAfter(failures, ThreadLocalRandom.current());
                LOG.warn("the embedded PostgreSQL is started again in {} ms: {}", pause.toMillis(), failure);
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException closing) {
            LOG.debug("the embedded PostgreSQL has stopped");
        }
    }

    /** One run of the server, from whatever has to be prepared to its end; gives the reason why it is over. */
    private String serve() throws InterruptedException {
        try {
            programs.unpack();
            data.create(programs, USER);
            data.createDatabase(programs, database);
            try (Postmaster server = Postmaster.start(programs, data)) {
                server.awaitReady();
                accepting.countDown();
                return "it ended by itself" + server.awaitEnd();
            }
        } catch (IOException | RuntimeException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    /** What it is and where, for people. */
    @Override
    public String toString() {
        return "embedded PostgreSQL " + Programs.majorVersion() + " on " + HOST + ":" + data.port() + ", data in "
                + data.path();
    }
}
