package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "reset",
        header = "Admits calls and forgets failed recoveries.",
        description = "Every instance obeys within 5 seconds. New evidence may open the breaker again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the order is in force",
            "1:the service does not answer or refuses, or there is no such dependency",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker reset database --reason \"network is repaired\""})
final class BreakerReset extends BreakerOrder {
    BreakerReset(Surroundings surroundings) {
        super(surroundings, "reset");
    }
}
