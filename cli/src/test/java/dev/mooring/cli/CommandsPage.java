package dev.mooring.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Writes {@code docs/reference/commands.md} from the commands. */
final class CommandsPage {
    private static final String INTRODUCTION = """
            <!-- Generated from the code; do not edit. CONTRIBUTING.md says how it is written anew. -->
            # Commands

            `./mooring COMMAND` from a checkout. Each command prints this help with `--help`, and as `mooring help COMMAND`.

            - Results go to standard output; progress, hints, warnings and failures to standard error. `-q` leaves only results and failures.
            - The exit code is 0 when the command did what it was asked for, 1 when that failed, 2 for wrong usage or a wrong configuration. A
              command with other codes says so below. The code is the same in every output format.
            - `-o json` prints one JSON document with `schema_version`. A failure has `problem` with `code` and `detail`.
            - Colours are on a terminal only, and not with `NO_COLOR` or `TERM=dumb`.
            - Commands that ask a running service take its address from `--url` or `MOORING_URL` (http://127.0.0.1:8080), and their key from
              `--key-file` or `MOORING_KEY`. They print no control characters of what the service answers.
            - Times have the offset of this machine's zone (`TZ`): `03:01:22Z`, `yesterday 18:20+01:00`.
            - `source <(mooring completion bash)` lets bash complete commands and options; zsh likewise.

            """;

    private CommandsPage() {}

    static String of(CommandLine program) {
        List<CommandTree.Node> commands = CommandTree.of(program).stream()
                .filter(node -> !node.path().isEmpty())
                .toList();
        String table = commands.stream().map(CommandsPage::row).collect(Collectors.joining());
        return INTRODUCTION + "| command | does |\n| --- | --- |\n" + table
                + commands.stream().map(CommandsPage::section).collect(Collectors.joining());
    }

    private static String row(CommandTree.Node node) {
        String name = String.join(" ", node.path());
        String header =
                String.join(" ", node.command().getCommandSpec().usageMessage().header());
        return "| [`" + name + "`](#" + anchor(node) + ") | " + header + " |\n";
    }

    private static String section(CommandTree.Node node) {
        return "\n## mooring " + String.join(" ", node.path()) + "\n```\n"
                + node.command().getUsageMessage(CommandLine.Help.Ansi.OFF) + "```\n";
    }

    private static String anchor(CommandTree.Node node) {
        return "mooring-" + String.join("-", node.path());
    }
}
