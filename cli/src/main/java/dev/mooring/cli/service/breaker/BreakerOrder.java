package dev.mooring.cli.service.breaker;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.ReasonOption;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that gives an order to a breaker. */
abstract class BreakerOrder extends ServiceCommand {
    private final String kind;

    @Parameters(paramLabel = "NAME", description = "The name of the dependency.")
    private String name = "";

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    /** {@code kind} is the order as the path of the service names it. */
    BreakerOrder(Surroundings surroundings, String kind) {
        super(surroundings);
        this.kind = kind;
    }

    /** Adds what this order has beside its reason. */
    void complete(ObjectNode order) {}

    @Override
    protected final Result ask(ServiceClient client) {
        ObjectNode order = ServiceClient.object().put("reason", reason.text());
        complete(order);
        JsonNode answer = client.post("/ops/breakers/" + ServiceClient.encoded(name) + "/" + kind, order);
        Answer breaker = new Answer(answer);
        if (breaker.has("fleet") && !breaker.isTrue("fleet")) {
            surroundings()
                    .notes()
                    .say("mooring: only the instance at " + client.address() + " obeys, because the order cannot be"
                            + " recorded while the database is away; give it to each instance");
        }
        return Result.of(
                answer, List.of(new BreakerText(new Moments(surroundings().clock())).afterOrder(breaker)));
    }
}
