package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "close",
        header = "Ends the order in force and admits calls.",
        description = "Every instance obeys within 5 seconds. New evidence may open the breaker again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the order is in force",
            "1:the service does not answer or refuses, or there is no such dependency",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker close mlflow --reason \"upgrade is done\""})
final class BreakerClose extends BreakerOrder {
    BreakerClose(Surroundings surroundings) {
        super(surroundings, "close");
    }
}
