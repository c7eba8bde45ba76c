package dev.mooring.cli.service.keys;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.LastingOption;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create",
        header = "Makes a key and prints it, this once.",
        description =
                "Standard output has the key alone, so that a file or a secret store can take it; what is known about it goes to"
                        + " standard error.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the key is made", "1:the service does not answer or refuses", "2:wrong usage"},
        footer = {"", "Example:", "  mooring keys create training --scopes models:read,models:write --for 90d > key"})
final class KeysCreate extends ServiceCommand {
    @Parameters(paramLabel = "NAME", description = "What the key is for. The audit names it.")
    private String name = "";

    @Option(
            names = "--scopes",
            required = true,
            split = ",",
            paramLabel = "SCOPE",
            description = "What the key may do, such as models:read, models:write, ops:read, ops:act.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = Lasting.class,
            description = "How long the key works, such as 12h or 90d (default: until it is revoked).")
    private @Nullable String lasts;

    @Option(
            names = "--stays-because",
            paramLabel = "REASON",
            description = "Why a key that is made while calls need no key works on when they need one.")
    private @Nullable String staysBecause;

    /** As long as a key may work. */
    static final class Lasting extends LastingOption {
        Lasting() {
            super(Duration.ofDays(3650), "12h or 90d, from 1s to 3650d,");
        }
    }

    KeysCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        ObjectNode wanted = ServiceClient.object().put("name", name);
        ArrayNode list = wanted.putArray("scopes");
        scopes.forEach(scope -> list.add(scope.strip()));
        if (lasts != null) {
            wanted.put("expires_in", lasts);
        }
        if (staysBecause != null) {
            wanted.put("stays_because", staysBecause);
        }
        JsonNode answer = client.post("/ops/keys", wanted);
        Answer made = new Answer(answer);
        Moments moments = new Moments(surroundings().clock());
        surroundings()
                .notes()
                .say("mooring: key " + made.text("name") + " (id " + made.text("id") + ", "
                        + String.join(" ", made.texts("scopes")) + ", "
                        + made.moment("expires_at")
                                .map(end -> "expires " + moments.text(end))
                                .orElse("does not expire")
                        + ") is shown this once");
        return Result.of(answer, List.of(made.text("key")));
    }
}
