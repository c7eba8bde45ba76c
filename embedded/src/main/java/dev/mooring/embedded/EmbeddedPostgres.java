package dev.mooring.embedded;

import dev.mooring.embedded.machine.Account;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Ownership;
import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.Secret;
import dev.mooring.thread.BackgroundLoop;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process: durable (fsync on), on 127.0.0.1 only, with its data in one folder. When the server
 * dies, it starts again. {@link #open} takes the folder and chooses the port; {@link #start} unpacks, creates and runs the server on a
 * thread of its own, {@code mooring-postgres}. A process may have several servers, each on a folder of its own. Thread-safe.
 *
 * <p>A killed JVM leaves its server running. {@link #open} of the next JVM on the folder stops that server; it never adopts a running one.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";
    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(100)).cap(Duration.ofSeconds(10));
    /** After a run longer than this the next pause is the shortest again. */
    private static final Duration RAN_WELL = Duration.ofSeconds(30);
    /** How long {@link #close} waits for the server to stop; a stop by force takes less. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final Home home;
    private final HomeLock lock;
    private final DataFolder data;
    private final String database;
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-postgres", this::run);

    /** Reaches zero when the server takes connections for the first time. */
    private final CountDownLatch accepting = new CountDownLatch(1);

    /** Runs that ended in a row; a run longer than {@link #RAN_WELL} starts the count again at 1. Only the loop's thread uses it. */
    private int failures;

    /** The loop's thread, which {@link #close} interrupts; null until its first run begins. */
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
     * @param setting the name of the setting that holds the folder, such as {@code MOORING_HOME}; messages begin with it
     * @param path the folder; created when it is missing
     * @param database the name of the database that {@link #start} creates
     * @throws EmbeddedPostgresException the folder is in use, cannot be written, or holds data of another PostgreSQL
     */
    public static EmbeddedPostgres open(String setting, Path path, String database) {
        try {
            Home home = Home.open(setting, path);
            HomeLock lock = HomeLock.take(home);
            try {
                DataFolder data = DataFolder.in(home);
                Space.ofFolder(home).check(data.exists());
                return new EmbeddedPostgres(home, lock, ready(data), database);
            } catch (IOException | RuntimeException refused) {
                lock.close();
                throw refused;
            }
        } catch (FileAlreadyExistsException | AccessDeniedException unusable) {
            throw Home.refusal(setting, path, "; expected a folder that can be written", unusable);
        } catch (IOException | IllegalStateException failed) {
            throw Home.refusal(setting, path, ", which cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static DataFolder ready(DataFolder data) throws IOException {
        if (data.exists()) {
            PidFile file = new PidFile(data.path());
            file.server().ifPresent(Stop::now);
            file.deleteIfReused();
            if (Ownership.of(data.path()).uid() == Account.ROOT) {
                // An earlier release ran the server with the files of root.
                Unprivileged.giveAll(data.path());
            }
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

    /**
     * The port of the server, known before the server runs; the same as in an earlier process if it is free. It changes when another
     * process listens there while the server is down: ask again before each connection.
     */
    public int port() {
        return data.port();
    }

    /** The user to log in as. */
    public String user() {
        return USER;
    }

    /** That user's password, a random one that is kept with the data. */
    public Secret password() {
        return data.password();
    }

    /**
     * Starts the server in the background, and again whenever it ends, until {@link #close}; call it once. It logs each failure and tries
     * again after a growing pause of at most 10 s.
     */
    public void start() {
        loop.start();
    }

    /** Waits until the server takes connections for the first time; false when {@code limit} passes before that. */
    public boolean awaitAccepting(Duration limit) throws InterruptedException {
        return accepting.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops the server and frees the folder; takes at most 8 s, and less than 1 s when the server is idle. */
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
        // A close() before this line finds no thread to interrupt, but has already ended the loop.
        if (loop.isEnding()) {
            return Duration.ZERO;
        }
        long begun = System.nanoTime();
        String failure = serve();
        if (loop.isEnding()) {
            return Duration.ZERO;
        }
        failures = System.nanoTime() - begun > RAN_WELL.toNanos() ? 1 : failures + 1;
        Duration pause = PAUSES.delayAfter(failures, ThreadLocalRandom.current());
        LOG.warn(
                "the embedded PostgreSQL is started again in {} ms: {}",
                pause.toMillis(),
                Space.ofFolder(home).whenFull().orElse(failure));
        return pause;
    }

    /** Prepares the programs and the data, runs the server to its end, and returns the reason why it ended. */
    private String serve() throws InterruptedException {
        try {
            Programs programs = Distribution.unpack(home.workshop());
            data.create(programs, USER);
            data.createDatabase(programs, database);
            leaveTakenPort();
            try (Postmaster server = Postmaster.start(programs, data)) {
                server.awaitReady();
                accepting.countDown();
                return "it ended by itself" + server.awaitEnd();
            }
        } catch (InterruptedException closing) {
            throw closing;
        } catch (IOException | EmbeddedPostgresException failed) {
            return failed.getMessage() == null ? failed.toString() : failed.getMessage();
        } catch (Throwable failed) {
            // The message of such an error, as of a missing class, does not say what happened; its name does.
            return failed.toString();
        }
    }

    /** A process that listens on the port of a server which is down could pass for it: the server then moves, and clients follow. */
    private void leaveTakenPort() throws IOException {
        int taken = data.port();
        if (!FreePort.isFree(taken)) {
            data.moveTo(FreePort.choose());
            LOG.warn(
                    "another process listens on port {} of {}; the embedded PostgreSQL moves to port {}",
                    taken,
                    HOST,
                    data.port());
        }
    }

    /** Version, address and data directory, for people. */
    @Override
    public String toString() {
        return "embedded PostgreSQL " + Distribution.majorVersion() + " on " + HOST + ":" + data.port() + ", data in "
                + data.path().toAbsolutePath().normalize();
    }
}
