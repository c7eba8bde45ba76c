package dev.mooring.embedded;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's data directory, with files of ours inside: password, port and created databases. A new one appears whole or not at all:
 * {@link #create} prepares it under another name and then renames it. It belongs to the user that runs the server.
 */
final class DataFolder {
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration CREATE_LIMIT = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 24;

    private final Home home;
    private final Path path;
    private final Secret password;
    /** Volatile: the thread of the server writes it, each log-in reads it. */
    private volatile int port;

    private DataFolder(Home home, Secret password, int port) {
        this.home = home;
        this.path = home.data();
        this.password = password;
        this.port = port;
    }

    /**
     * The data directory in this folder, or the one that {@link #create} will make; writes nothing.
     *
     * @throws EmbeddedPostgresException the data directory belongs to another user, or holds no data, data of another PostgreSQL, or no
     *     password
     */
    static DataFolder in(Home home) throws IOException {
        Path path = home.data();
        if (isEmpty(path)) {
            return new DataFolder(home, newPassword(), FreePort.choose());
        }
        home.checkOwnerOfData();
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
        home.checkModeOfData();
        int remembered = read(path.resolve("mooring.port"))
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .orElse(0);
        return new DataFolder(home, password, remembered);
    }

    Path path() {
        return path;
    }

    /** The path by which the server names the directory, which must be its working directory. */
    Path asServerSees() {
        return home.asSeenFrom(path);
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
        OwnFile.write(path.resolve("mooring.port"), String.valueOf(otherPort));
    }

    boolean exists() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /** Makes the data directory unless it exists, with no database besides PostgreSQL's own. */
    void create(Programs programs, String user) throws IOException, InterruptedException {
        if (exists()) {
            return;
        }
        Path unfinished = home.path().resolve("postgres-unfinished");
        Folders.delete(unfinished);
        Files.createDirectory(unfinished, Folders.ownerOnly());
        Unprivileged.give(unfinished);
        // Outside of the folder, which initdb wants empty. Random, and its owner's alone.
        Path passwordFile = Files.createTempFile(home.workshop(), "password-", "");
        try {
            OwnFile.write(passwordFile, password.reveal());
            Unprivileged.give(passwordFile);
            List<String> initdb = programs.initdb(
                    home.asSeenFrom(unfinished),
                    user,
                    passwordFile,
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
            Command.run("initdb", initdb, unfinished, "", INITDB_LIMIT);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        OwnFile.write(unfinished.resolve("mooring.password"), password.reveal());
        OwnFile.write(unfinished.resolve("mooring.port"), String.valueOf(port));
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(home.path());
    }

    /**
     * Makes a database before the server runs, so that no client finds it missing. Makes each name once: a file in the data directory lists
     * the names that were made.
     */
    void createDatabase(Programs programs, String name) throws IOException, InterruptedException {
        Path marks = path.resolve("mooring.databases");
        List<String> made =
                OwnFile.read(marks).map(names -> names.lines().toList()).orElse(List.of());
        if (made.contains(name)) {
            return;
        }
        String sql = "create database \"" + name.replace("\"", "\"\"") + "\"\n";
        Command.run("create database", programs.singleUser(asServerSees(), "postgres"), path, sql, CREATE_LIMIT);
        OwnFile.write(
                marks,
                String.join(
                        "\n", Stream.concat(made.stream(), Stream.of(name, "")).toList()));
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
        return OwnFile.read(file).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Secret newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
}
