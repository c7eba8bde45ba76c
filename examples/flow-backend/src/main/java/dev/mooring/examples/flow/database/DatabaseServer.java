package dev.mooring.examples.flow.database;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.embedded.EmbeddedPostgresException;
import dev.mooring.profiles.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A PostgreSQL for a machine that has none, until a signal ends this process. Its data survive, so a second run is a restart. */
public final class DatabaseServer {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private DatabaseServer() {}

    /**
     * Starts the server in the folder that the first argument names, and writes how to reach it to {@code database.env} in that folder.
     *
     * @throws InterruptedException never: a signal ends the process
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        Path folder = Path.of(words[0]);
        Files.createDirectories(folder);
        try (EmbeddedPostgres server =
                EmbeddedPostgres.open("the folder of the database", folder.resolve("home"), Profile.FLOW.database())) {
            run(server, folder);
        } catch (EmbeddedPostgresException refused) {
            System.err.println("database: " + refused.getMessage());
            System.exit(1);
        }
    }

    private static void run(EmbeddedPostgres server, Path folder) throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "database-stop"));
        server.start();
        if (!server.awaitAccepting(START_LIMIT)) {
            throw new IOException(server + " took no connections within " + START_LIMIT.toSeconds() + " s");
        }
        Path password = folder.resolve("password");
        write(password, server.password().reveal());
        write(folder.resolve("database.env"), """
                DATABASE_HOST=%s
                DATABASE_PORT=%d
                DATABASE_NAME=%s
                DATABASE_USER=%s
                DATABASE_PASSWORD_FILE='%s'
                """.formatted(server.host(), server.port(), Profile.FLOW.database(), server.user(), password.toAbsolutePath()));
        System.out.println(server);
        new CountDownLatch(1).await();
    }

    /** Only this user reads it, and no reader sees half of it. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "fresh",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
