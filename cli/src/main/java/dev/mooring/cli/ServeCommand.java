package dev.mooring.cli;

import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.registry.service.RegistryService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        header = "Runs the model registry service until it is stopped (SIGTERM, Ctrl-C).",
        description = {
            "Runs on the PostgreSQL that DATABASE_HOST, DATABASE_URL or POSTGRES_URI names. Without one it starts an embedded "
                    + "PostgreSQL that keeps its data in MOORING_HOME (./.mooring).",
            "A database that is away or refuses does not end the service: it is live, says what to fix, and becomes ready by "
                    + "itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a signal stopped the service, and it ended in order",
            "1:the service could not start, for example because the port is in use",
            "2:wrong usage, or mistakes in the configuration: one line for each",
            "3:the memory of the process is full; start it again, with a larger heap"
        },
        footer = {"", "Example:", "  PORT=9090 mooring serve"})
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return RegistryService.serve(surroundings.environment(), surroundings.err());
    }
}
