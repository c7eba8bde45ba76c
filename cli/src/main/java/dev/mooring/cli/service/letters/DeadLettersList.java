package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        header = "Lists dead letters, newest first.",
        description = "Two lines for each: id, destination and type; attempts, since when, and the cause.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered, with dead letters or without",
            "1:the service does not answer or refuses",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring dead-letters list --destination mlflow --limit 10"})
final class DeadLettersList extends ServiceCommand {
    private static final int MOST = 100;

    @Option(names = "--destination", paramLabel = "NAME", description = "Only those to this destination.")
    private @Nullable String destination;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 100 (default: 100).")
    private int limit = MOST;

    @Option(names = "--page-token", paramLabel = "TOKEN", description = "The next_page_token of the page before.")
    private @Nullable String token;

    DeadLettersList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        if (limit < 1 || limit > MOST) {
            throw wrong("--limit must be 1 to " + MOST);
        }
        JsonNode answer = client.get("/ops/dead-letters?limit=" + limit + parameter("destination", destination)
                + parameter("page_token", token));
        Answer page = new Answer(answer);
        LetterText text = new LetterText(new Moments(surroundings().clock()));
        List<Answer> letters = page.list("dead_letters");
        if (letters.isEmpty()) {
            surroundings().notes().say("mooring: there are no dead letters");
        }
        if (page.has("next_page_token")) {
            surroundings().notes().say("mooring: there are more; add --page-token " + page.text("next_page_token"));
        }
        return Result.of(
                answer,
                letters.stream().flatMap(letter -> text.lines(letter).stream()).toList());
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + ServiceClient.encoded(value);
    }
}
