package dev.mooring.cli;

import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.ClassArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The program as a process of its own, with nothing in its environment but what a test sets. */
public final class Program {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Program() {}

    /** The program with its arguments as a command; its classes lie in an archive that the first test of a build makes. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                ClassArchive.of(Path.of("target", "class-archive").toAbsolutePath(), ProgramMain.class, Program::train)
                        .command());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The program with options of the JVM and its arguments. */
    public static ChildProcess.Builder with(List<String> javaOptions, String... arguments) {
        List<String> command = command(arguments);
        command.addAll(1, javaOptions);
        return ChildProcess.command(command).cleanEnvironment().environment("TZ", "UTC");
    }

    /** What a command prints, and how it ends. */
    public static Run run(Map<String, String> environment, String... arguments) {
        try (ChildProcess process =
                with(List.of(), arguments).environment(environment).start()) {
            int exitCode = process.awaitExit(LIMIT);
            return new Run(exitCode, lines(process.stdout()), lines(process.stderr()));
        }
    }

    private static String lines(List<String> printed) {
        return printed.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Asks a service that is not there: a command that needs many classes. */
    private static void train(ChildProcess.Builder program) {
        try (ChildProcess process = program.cleanEnvironment()
                .environment(ProgramMain.TRAINING, "status --url http://127.0.0.1:1 -o json")
                .start()) {
            process.awaitExit(LIMIT);
        }
    }
}
