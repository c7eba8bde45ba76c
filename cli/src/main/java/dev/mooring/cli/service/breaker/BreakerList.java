package dev.mooring.cli.service.breaker;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        header = "Lists the circuit breakers of the instance that answers.",
        description = "One line for each: dependency, state, since when, failures in a row, the order in force.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered, whatever the state",
            "1:the service does not answer or refuses",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring breaker list -o json"})
final class BreakerList extends ServiceCommand {
    BreakerList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.get("/ops/breakers");
        List<Answer> breakers = new Answer(answer).list("breakers");
        return Result.of(answer, new BreakerText(new Moments(surroundings().clock())).lines(breakers));
    }
}
