package dev.mooring.cli.service.pool;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        header = "Shows the connection pools of the instance that answers, or one of them.",
        description = "Connections in use, connections ready, callers that wait, the most connections, the usual wait.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered",
            "1:the service does not answer or refuses, or there is no such pool",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring pool show database"})
final class PoolShow extends ServiceCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name of the dependency (default: all pools).")
    private String name = "";

    PoolShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.get(name.isEmpty() ? "/ops/pools" : "/ops/pools/" + ServiceClient.encoded(name));
        Answer read = new Answer(answer);
        return Result.of(answer, PoolText.lines(name.isEmpty() ? read.list("pools") : List.of(read)));
    }
}
