package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "discard",
        header = "Deletes dead letters; they will never be delivered.",
        description = "The audit keeps their type, key and cause, and not their payload.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done for all", "1:the service does not answer, or refuses one of them", "2:wrong usage"},
        footer = {"", "Example:", "  mooring dead-letters discard 019abc12-3456-7000-8000-000000000000"})
final class DeadLettersDiscard extends LetterAct {
    DeadLettersDiscard(Surroundings surroundings) {
        super(surroundings, "discarded");
    }

    @Override
    void act(ServiceClient client, String path) {
        client.delete(path);
    }
}
