package dev.mooring.cli.service.keys;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.cli.terminal.Wrapping;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        header = "Lists the valid keys, oldest first, without the keys themselves.",
        description = "Two lines for each: id and name; until when, last use and scopes.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the service answered", "1:the service does not answer or refuses", "2:wrong usage"},
        footer = {"", "Example:", "  mooring keys list"})
final class KeysList extends ServiceCommand {
    KeysList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        JsonNode answer = client.get("/ops/keys");
        Moments moments = new Moments(surroundings().clock());
        int width = surroundings().width();
        List<String> lines = new ArrayList<>();
        for (Answer key : new Answer(answer).list("keys")) {
            lines.add(key.text("id") + "  " + key.text("name"));
            String use = key.moment("expires_at")
                            .map(end -> "expires " + moments.text(end))
                            .orElse("does not expire")
                    + ", "
                    + key.moment("last_used_at")
                            .map(used -> "used " + moments.text(used))
                            .orElse("not used");
            lines.addAll(Wrapping.lines("  " + use + ", " + String.join(" ", key.texts("scopes")), width, 2));
        }
        return Result.of(answer, lines);
    }
}
