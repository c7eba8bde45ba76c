package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "bypass",
        header = "Admits all calls of a dependency whatever the evidence, until the order expires.",
        description = "Every instance obeys within 5 seconds. Probes go on, and the status says what they see.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the order is in force",
            "1:the service does not answer or refuses, or there is no such dependency",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker bypass database --reason \"the probe is wrong\" --for 10m"})
final class BreakerBypass extends BreakerOrder {
    @Mixin
    private final ForOption lasts = new ForOption();

    BreakerBypass(Surroundings surroundings) {
        super(surroundings, "bypass");
    }

    @Override
    void complete(ObjectNode order) {
        lasts.into(order);
    }
}
