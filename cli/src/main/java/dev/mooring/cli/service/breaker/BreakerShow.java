package dev.mooring.cli.service.breaker;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Shows one circuit breaker of the instance that answers.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered, whatever the state",
            "1:the service does not answer or refuses, or there is no such dependency",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker show database"})
final class BreakerShow extends ServiceCommand {
    @Parameters(paramLabel = "NAME", description = "The name of the dependency.")
    private String name = "";

    BreakerShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.get("/ops/breakers/" + ServiceClient.encoded(name));
        return Result.of(
                answer, new BreakerText(new Moments(surroundings().clock())).lines(List.of(new Answer(answer))));
    }
}
