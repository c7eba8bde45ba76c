package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Shows one dead letter: its failed attempts, what happened to its key since, its payload.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered",
            "1:the service does not answer or refuses, or there is no such dead letter",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring dead-letters show 019abc12-3456-7000-8000-000000000000"})
final class DeadLettersShow extends ServiceCommand {
    @Parameters(paramLabel = "ID", description = "The id of the dead letter.")
    private String id = "";

    DeadLettersShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.get("/ops/dead-letters/" + ServiceClient.encoded(id));
        return Result.of(answer, new LetterText(new Moments(surroundings().clock())).details(new Answer(answer)));
    }
}
