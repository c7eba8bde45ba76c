package dev.mooring.cli.service.pool;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.ReasonOption;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "evict",
        header = "Gives up the connections of a pool softly: calls in flight finish.",
        description = {
            "Closes the connections that are idle now, and each one in use when its call ends. The pool fills again as calls need it.",
            "Only the instance that answers gives up its connections; ask each instance."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the connections are given up",
            "1:the service does not answer or refuses, or there is no such pool",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring pool evict database --reason \"connections to the old primary\""})
final class PoolEvict extends ServiceCommand {
    @Parameters(paramLabel = "NAME", description = "The name of the dependency.")
    private String name = "";

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    PoolEvict(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.post(
                "/ops/pools/" + ServiceClient.encoded(name) + "/evict",
                ServiceClient.object().put("reason", reason.text()));
        Answer pool = new Answer(answer);
        long count = pool.number("evicted");
        return Result.of(
                answer,
                List.of(pool.text("dependency") + ": gave up " + count + (count == 1 ? " connection" : " connections")
                        + "; those in use close when their calls end"));
    }
}
