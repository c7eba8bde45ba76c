package dev.mooring.cli;

import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Prints a script with which a shell completes commands and options.",
        description = "The same script is for both shells. Put the line of the example into ~/.bashrc or ~/.zshrc.",
        footer = {"", "Example:", "  source <(mooring completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @SuppressWarnings("unused") // the script is the same for both; it finds out which shell reads it
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /** The shells, written as a user writes them. */
    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        surroundings.out().print(AutoComplete.bash("mooring", spec.root().commandLine()));
        surroundings.out().flush();
        return ExitCode.DONE;
    }
}
