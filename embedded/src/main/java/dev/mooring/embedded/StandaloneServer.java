package dev.mooring.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A PostgreSQL as a process of its own, for scripts on a machine that has none. Its data stay in the folder, so a second run is a restart.
 * Thread-safe.
 */
public final class StandaloneServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final EmbeddedPostgres server;

    private StandaloneServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Runs until a signal ends the process, after it printed one line when the server takes connections.
     *
     * @param words the folder, and the name of the database
     */
    public static void main(String[] words) throws InterruptedException {
        if (words.length != 2) {
            System.err.println("usage: StandaloneServer FOLDER DATABASE");
            System.exit(WRONG_USAGE);
            return;
        }
        try {
            StandaloneServer running = start(Path.of(words[0]), words[1]);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "mooring-postgres-stop"));
            System.out.println(running);
            new CountDownLatch(1).await();
        } catch (EmbeddedPostgresException refused) {
            System.err.println("PostgreSQL does not start: " + refused.getMessage());
            System.exit(FAILED);
        }
    }

    /**
     * Starts a server and writes how to reach it into {@code database.env} in the folder, as lines that a shell reads: {@code
     * DATABASE_HOST}, {@code DATABASE_PORT}, {@code DATABASE_NAME}, {@code DATABASE_USER}, {@code DATABASE_PASSWORD_FILE}. Only this user can
     * read the two files.
     *
     * @throws EmbeddedPostgresException the folder cannot be used, or the server takes no connections within 2 min
     */
    public static StandaloneServer start(Path folder, String database) throws InterruptedException {
        EmbeddedPostgres server = EmbeddedPostgres.open("the folder", folder.resolve("server"), database);
        try {
            server.start();
            if (!server.awaitAccepting(START_LIMIT)) {
                throw new EmbeddedPostgresException(
                        server + " took no connections within " + START_LIMIT.toSeconds() + " s");
            }
            tell(server, folder.toAbsolutePath(), database);
            return new StandaloneServer(server);
        } catch (RuntimeException | InterruptedException failed) {
            server.close();
            throw failed;
        }
    }

    private static void tell(EmbeddedPostgres server, Path folder, String database) {
        Path password = folder.resolve("password");
        write(password, server.password().reveal());
        write(
                folder.resolve("database.env"),
                "DATABASE_HOST=" + server.host() + "\nDATABASE_PORT=" + server.port() + "\nDATABASE_NAME="
                        + quoted(database) + "\nDATABASE_USER=" + server.user() + "\nDATABASE_PASSWORD_FILE="
                        + quoted(password.toString()) + "\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** No reader sees half of a file. */
    private static void write(Path file, String text) {
        try {
            // A temporary file is for its owner only.
            Path fresh = Files.createTempFile(file.getParent(), "fresh", "");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /** Stops the server; takes at most 8 s. */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
