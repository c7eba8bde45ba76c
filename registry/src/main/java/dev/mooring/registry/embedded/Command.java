package dev.mooring.registry.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of PostgreSQL with as little of our environment as they need: it may hold secrets, and variables such as PGDATA
 * that would be obeyed.
 */
final class Command {
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "TMPDIR", "TZ");
    private static final int LINES_SHOWN = 5;

    private Command() {}

    /** PostgreSQL refuses to run as root; where we are that, it gets a user namespace in which it is nobody. */
    static List<String> unprivileged(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "--user"));
        wrapped.addAll(command);
        return wrapped;
    }

    static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        return builder;
    }

    /**
     * Runs a command to its end.
     *
     * @param input what it reads; its output must fit into a pipe (64 KiB)
     * @throws EmbeddedPostgresException it failed, or was not done in time and was killed
     */
    static void run(List<String> command, String input, Duration limit) throws IOException, InterruptedException {
        Process process = process(command).start();
        try {
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            boolean done = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!done || process.exitValue() != 0) {
                throw new EmbeddedPostgresException(program(command)
                        + (done ? " ended with " + process.exitValue() : " was not done within " + limit) + ": "
                        + (done ? lastLines(process) : "no output"));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String program(List<String> command) {
        String first = command.get(command.get(0).equals("unshare") ? 2 : 0);
        return first.substring(first.lastIndexOf('/') + 1);
    }

    private static String lastLines(Process process) throws IOException {
        String[] lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\R");
        return String.join(" | ", Arrays.asList(lines).subList(Math.max(0, lines.length - LINES_SHOWN), lines.length));
    }
}
