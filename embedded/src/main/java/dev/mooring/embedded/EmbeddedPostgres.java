package dev.mooring.embedded;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.Secret;
import dev.mooring.thread.BackgroundLoop;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this process: durable (fsync on), on 127.0.0.1 only, its data in one folder, and started again when
 * it dies. {@link #open} looks and promises, in milliseconds; {@link #start} does the work on a thread of its own,
 * {@code mooring-postgres}, which is the only one that touches the server. A process may have several, each on a folder of its own.
 * Thread-safe.
 *
 * <p>A JVM that is killed leaves its server behind. The next one on the folder stops that server before it starts its own, so it never
 * adopts connections to a server that another process watches over.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";
    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(100)).cap(Duration.ofSeconds(10));
    /** A server that ran this long was well: the next pause is a short one again. */
    private static final Duration RAN_WELL = Duration.ofSeconds(30);
    /** Longer than a stop by force takes. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final Home home;
    private final HomeLock lock;
    private final DataFolder data;
    private final String database;
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-postgres", this::run);

    /** Down when it takes connections for the first time. */
    private final CountDownLatch accepting = new CountDownLatch(1);

    /** Runs that ended in a row, none of them well. Only the loop's thread touches it. */
    private int failures;

    /** The loop's thread, once it has begun its first run; {@link #close} interrupts it. */
    private volatile @Nullable Thread worker;

    private EmbeddedPostgres(Home home, HomeLock lock, DataFolder data, String database) {
        this.home = home;
        this.lock = lock;
        this.data = data;
        this.database = database;
    }

    /**
     * Takes the folder for this server, chooses the port and stops a server that an earlier process left behind.
     *
     * @param setting what the person who chose the folder calls it, such as {@code MOORING_HOME}; messages begin with it
     * @param path the folder; made when it is missing
     * @param database the database that shall be there
     * @throws EmbeddedPostgresException the folder is in use, cannot be written, or holds data of another PostgreSQL
     */
    public static EmbeddedPostgres open(String setting, Path path, String database) {
        Home home = new Home(setting, path);
        try {
            Files.createDirectories(path, Folders.ownerOnly());
            HomeLock lock = HomeLock.take(home);
            try {
                return new EmbeddedPostgres(home, lock, ready(DataFolder.in(home)), database);
            } catch (IOException | RuntimeException refused) {
                lock.close();
                throw refused;
            }
        } catch (FileAlreadyExistsException | AccessDeniedException unusable) {
            throw home.refused("; expected a folder that can be written", unusable);
        } catch (IOException | IllegalStateException failed) {
            throw home.refused(", which cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static DataFolder ready(DataFolder data) throws IOException {
        if (data.exists()) {
            PidFile file = new PidFile(data.path());
            file.server().ifPresent(Stop::now);
            file.deleteIfReused();
            if (data.port() == 0 || !FreePort.isFree(data.port())) {
                data.moveTo(FreePort.choose());
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
     * Starts it in the background, and again whenever it ends, until {@link #close}; call it once. Whatever goes wrong is logged and
     * tried again after a growing pause of at most 10 s.
     */
    public void start() {
        loop.start();
    }

    /** Waits until it has taken connections for the first time; false when {@code limit} passed before. */
    public boolean awaitAccepting(Duration limit) throws InterruptedException {
        return accepting.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops it and gives the folder back; takes at most 8 s, less than one when it is idle. */
    @Override
    public void close() {
        loop.end();
        Thread running = worker;
        if (running != null) {
            running.interrupt();
        }
        if (!loop.awaitEnd(STOP_LIMIT)) {
            LOG.warn("{} is still stopping; {} stays locked until this process ends", this, home.setting());
            return;
        }
        try {
            lock.close();
        } catch (IOException unlikely) {
            LOG.warn("the lock on {} is freed when this process ends: {}", home.setting(), unlikely.getMessage());
        }
    }

    /** One run of the server; returns the pause before the next one. */
    private Duration run() throws InterruptedException {
        worker = Thread.currentThread();
        // Before this line close() finds no thread to interrupt, and has said that the loop ends.
        if (loop.isEnding()) {
            return Duration.ZERO;
        }
        long begun = System.nanoTime();
        String failure = serve();
        failures = System.nanoTime() - begun > RAN_WELL.toNanos() ? 1 : failures + 1;
        Duration pause = PAUSES.delayAfter(failures, ThreadLocalRandom.current());
        LOG.warn("the embedded PostgreSQL is started again in {} ms: {}", pause.toMillis(), failure);
        return pause;
    }

    /** From whatever has to be prepared to the end of the server; returns the reason why it ended. */
    private String serve() throws InterruptedException {
        try {
            Programs programs = Distribution.unpack(home.path());
            data.create(programs, USER);
            data.createDatabase(programs, database);
            try (Postmaster server = Postmaster.start(programs, data)) {
                server.awaitReady();
                accepting.countDown();
                return "it ended by itself" + server.awaitEnd();
            }
        } catch (InterruptedException closing) {
            throw closing;
        } catch (IOException | EmbeddedPostgresException failed) {
            return String.valueOf(failed.getMessage());
        } catch (Throwable failed) {
            // Of another kind, such as a class that is missing: its message alone would not say what it is.
            return failed.toString();
        }
    }

    /** What it is and where, for people. */
    @Override
    public String toString() {
        return "embedded PostgreSQL " + Distribution.majorVersion() + " on " + HOST + ":" + data.port() + ", data in "
                + data.path();
    }
}
