package dev.mooring.embedded;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's data directory, with files of ours inside: password, port and created databases. A new one appears whole or not at all:
 * {@link #create} prepares it under another name and then renames it.
 */
final class DataFolder {
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration CREATE_LIMIT = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 24;

    private final Path home;
    private final Path path;
    private final Secret password;
    private int port;

    private DataFolder(Home home, Secret password, int port) {
        this.home = home.path();
        this.path = home.data();
        this.password = password;
        this.port = port;
    }

    /**
     * The data directory in this folder, or the one that {@link #create} will make; writes nothing.
     *
     * @throws EmbeddedPostgresException the data directory holds no data, data of another PostgreSQL, or no password
     */
    static DataFolder in(Home home) throws IOException {
        Path path = home.data();
        if (isEmpty(path)) {
            return new DataFolder(home, newPassword(), FreePort.choose());
        }
        String version = read(path.resolve("PG_VERSION")).orElse("");
        if (!version.equals(Distribution.majorVersion())) {
            String found = version.isEmpty() ? "no data of PostgreSQL" : "data of PostgreSQL " + version;
            throw home.refused(", which has " + found + " in \"" + path + "\"; expected that of PostgreSQL "
                    + Distribution.majorVersion()
                    + ": take its data over with pg_upgrade or a dump, or move the folder away to begin anew");
        }
        Secret password = read(path.resolve("mooring.password"))
                .map(Secret::of)
                .orElseThrow(() -> home.refused(", which has no password for the data in \"" + path
                        + "\"; expected it in the file mooring.password there"));
        int remembered =
                read(path.resolve("mooring.port")).map(Integer::valueOf).orElse(0);
        return new DataFolder(home, password, remembered);
    }

    Path path() {
        return path;
    }

    Secret password() {
        return password;
    }

    int port() {
        return port;
    }

    /** Changes the port and remembers it, for when the old one is taken or unknown. */
    void moveTo(int otherPort) throws IOException {
        port = otherPort;
        Files.writeString(path.resolve("mooring.port"), String.valueOf(otherPort));
    }

    boolean exists() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /** Makes the data directory unless it exists, with no database besides PostgreSQL's own. */
    void create(Programs programs, String user) throws IOException, InterruptedException {
        if (exists()) {
            return;
        }
        Path unfinished = home.resolve("postgres-unfinished");
        Path passwordFile = home.resolve("postgres-password-unfinished");
        Folders.delete(unfinished);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password.reveal());
        List<String> initdb = programs.initdb(
                unfinished, user, passwordFile, "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
        Command.run("initdb", initdb, "", INITDB_LIMIT);
        Files.move(passwordFile, unfinished.resolve("mooring.password"));
        Files.writeString(unfinished.resolve("mooring.port"), String.valueOf(port));
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(home);
    }

    /**
     * Makes a database before the server runs, so that no client finds it missing. Makes each name once: a file in the data directory lists
     * the names that were made.
     */
    void createDatabase(Programs programs, String name) throws IOException, InterruptedException {
        Path marks = path.resolve("mooring.databases");
        List<String> made =
                Files.exists(marks) ? Files.readString(marks).lines().toList() : List.of();
        if (made.contains(name)) {
            return;
        }
        String sql = "create database \"" + name.replace("\"", "\"\"") + "\"\n";
        Command.run("create database", programs.singleUser(path, "postgres"), sql, CREATE_LIMIT);
        Files.write(marks, Stream.concat(made.stream(), Stream.of(name)).toList());
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static Secret newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
}
