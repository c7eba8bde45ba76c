package dev.mooring.embedded;

import dev.mooring.embedded.machine.Unprivileged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of one PostgreSQL, and the commands that run them. PostgreSQL refuses to run as root, so the commands drop root's rights
 * where this JVM has them. Immutable.
 *
 * @param directory the folder of {@code initdb} and {@code postgres}
 */
public record Programs(Path directory) {
    /**
     * The command that makes a new data directory. Every log-in needs a password (SCRAM); the encoding is UTF-8, the locale C.
     *
     * @param data the directory to make
     * @param user the superuser's name
     * @param passwordFile holds the superuser's password
     * @param options further options of initdb; the last one of a kind wins
     */
    public List<String> initdb(Path data, String user, Path passwordFile, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + data.toAbsolutePath(),
                "--username=" + user,
                "--pwfile=" + passwordFile.toAbsolutePath(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        arguments.addAll(List.of(options));
        return command("initdb", arguments);
    }

    /**
     * The command that runs the server on its data until a signal ends it.
     *
     * @param settings overrule those in {@code postgresql.conf}, each as {@code name=value}
     */
    public List<String> postgres(Path data, String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("-D", data.toAbsolutePath().toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("-c", setting));
        }
        return command("postgres", arguments);
    }

    /** The command that runs the server in single-user mode: it reads statements from its input, and no other process can connect. */
    List<String> singleUser(Path data, String database) {
        return command(
                "postgres", List.of("--single", "-D", data.toAbsolutePath().toString(), database));
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve(program).toAbsolutePath().toString());
        command.addAll(arguments);
        return Unprivileged.command(command);
    }
}
