package dev.mooring.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs with only the environment variables that they need. The environment of this process may hold secrets, and
 * variables such as PGDATA, which the programs would obey.
 */
final class Command {
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "TMPDIR", "TZ");
    private static final int LINES_SHOWN = 5;

    private Command() {}

    static ProcessBuilder process(List<String> command, Path directory) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        return builder;
    }

    /**
     * Runs a command to its end.
     *
     * @param what names the command in messages
     * @param directory the working directory
     * @param input the text that the command reads; its output must fit into a pipe (64 KiB)
     * @throws EmbeddedPostgresException the command failed, or did not end within {@code limit} and was killed
     */
    static void run(String what, List<String> command, Path directory, String input, Duration limit)
            throws IOException, InterruptedException {
        Process process = process(command, directory).start();
        try {
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EmbeddedPostgresException(what + " was not done within " + limit);
            }
            if (process.exitValue() != 0) {
                throw new EmbeddedPostgresException(
                        what + " ended with " + process.exitValue() + ": " + lastLines(process));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastLines(Process process) throws IOException {
        String[] lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\R");
        return String.join(" | ", Arrays.asList(lines).subList(Math.max(0, lines.length - LINES_SHOWN), lines.length));
    }
}
