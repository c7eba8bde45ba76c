package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "open",
        header = "Refuses all calls of a dependency, until the order expires.",
        description =
                "Every instance obeys within 5 seconds. While a critical dependency is forced open, no instance is ready.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the order is in force",
            "1:the service does not answer or refuses, or there is no such dependency",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker open mlflow --reason \"upgrade to 3.16\" --for 30m"})
final class BreakerOpen extends BreakerOrder {
    @Mixin
    private final ForOption lasts = new ForOption();

    BreakerOpen(Surroundings surroundings) {
        super(surroundings, "open");
    }

    @Override
    void complete(ObjectNode order) {
        lasts.into(order);
    }
}
