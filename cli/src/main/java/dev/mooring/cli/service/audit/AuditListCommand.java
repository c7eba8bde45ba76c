package dev.mooring.cli.service.audit;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.cli.terminal.Wrapping;
import dev.mooring.spring.environment.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        header = "Lists the entries of the audit, newest first.",
        description =
                "Two lines for each: number, moment, actor, act and its subject; the reason, and what else is to know.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the service answered, with entries or without",
            "1:the service does not answer or refuses",
            "2:wrong usage"
        },
        footer = {"", "Example:", "  mooring audit list --since 24h --actor \"night shift\""})
final class AuditListCommand extends ServiceCommand {
    private static final int PAGE = 100;
    private static final int MOST = 100_000;
    private static final String ENTRIES = "entries";
    private static final String NEXT = "next_page_token";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceOption.class,
            description = "Only entries from then on: 24h ago, or a moment (default: all).")
    private @Nullable String since;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only the acts of this actor.")
    private @Nullable String actor;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 100000 (default: 100).")
    private int limit = PAGE;

    AuditListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) {
        if (limit < 1 || limit > MOST) {
            throw wrong("--limit must be 1 to " + MOST);
        }
        ObjectNode document = JsonDocument.empty();
        ArrayNode entries = document.putArray(ENTRIES);
        String token = "";
        do {
            Answer page = new Answer(client.get(path(Math.min(PAGE, limit - entries.size()), token)));
            page.list(ENTRIES).stream().map(Answer::json).forEach(entries::add);
            token = page.list(ENTRIES).isEmpty() ? "" : page.json().path(NEXT).asString("");
        } while (!token.isEmpty() && entries.size() < limit);
        if (entries.isEmpty()) {
            surroundings().notes().say("mooring: there are no such entries");
        }
        if (!token.isEmpty()) {
            document.put(NEXT, token);
            surroundings().notes().say("mooring: there are more; add a larger --limit");
        }
        Moments moments = new Moments(surroundings().clock());
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : entries) {
            lines.addAll(lines(new Answer(entry), moments));
        }
        return new Result(document, lines, ExitCode.DONE);
    }

    private String path(int most, String token) {
        return "/ops/audit?limit=" + most + parameter("since", since) + parameter("actor", actor)
                + (token.isEmpty() ? "" : parameter("page_token", token));
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + ServiceClient.encoded(value);
    }

    private List<String> lines(Answer entry, Moments moments) {
        String act = Stream.of(
                        entry.text("seq"),
                        entry.moment("at").map(moments::text).orElse("an unknown moment"),
                        entry.text("actor"),
                        entry.text("action"),
                        entry.text("subject"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("  "));
        String why = Stream.of(entry.text("reason"), entry.text("details"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        List<String> lines = new ArrayList<>(Wrapping.lines(act, surroundings().width(), 2));
        if (!why.isEmpty()) {
            lines.addAll(Wrapping.lines("  " + why, surroundings().width(), 2));
        }
        return lines;
    }
}
