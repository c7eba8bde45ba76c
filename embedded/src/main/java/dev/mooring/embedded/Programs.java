package dev.mooring.embedded;

import dev.mooring.embedded.machine.Unprivileged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of one PostgreSQL, and the commands that run them. As root the commands drop root's rights, which PostgreSQL refuses.
 * Immutable.
 *
 * @param directory holds {@code initdb} and {@code postgres}
 */
public record Programs(Path directory) {
    /**
     * Makes a new data directory whose every log-in needs a password (SCRAM), with UTF-8 and without a locale.
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
     * Runs the server on its data until it gets a signal.
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

    /** Runs the server for one user, who writes statements to its input: no other process can connect meanwhile. */
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
