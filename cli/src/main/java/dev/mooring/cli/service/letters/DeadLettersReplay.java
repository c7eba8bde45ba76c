package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "replay",
        header = "Puts dead letters back to be delivered.",
        description = {
            "Each gets all its attempts again. First repair what the cause names; look at \"ended after it\" in mooring dead-letters show.",
            "The oldest message comes first, whatever the order of the ids: those of one model arrive in the order of their changes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done for all", "1:the service does not answer, or refuses one of them", "2:wrong usage"},
        footer = {"", "Example:", "  mooring dead-letters replay 019abc12-3456-7000-8000-000000000000"})
final class DeadLettersReplay extends LetterAct {
    DeadLettersReplay(Surroundings surroundings) {
        super(surroundings, "replayed");
    }

    @Override
    void act(ServiceClient client, String path) {
        JsonNode unused = client.post(path + "/replay", ServiceClient.object());
        assert unused != null;
    }
}
