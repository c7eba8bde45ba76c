package dev.mooring.cli;

import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        header = "Prints the help of a command.",
        footer = {"", "Example:", "  mooring help breaker open"})
final class HelpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command (default: all commands).")
    private List<String> path = new ArrayList<>();

    HelpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        CommandLine command = spec.root().commandLine();
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(command, WrongUsage.unknownCommand(command, name));
            }
            command = next;
        }
        command.usage(surroundings.out(), command.getColorScheme());
        return ExitCode.DONE;
    }
}
