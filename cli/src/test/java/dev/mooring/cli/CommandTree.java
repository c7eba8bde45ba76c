package dev.mooring.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands of the program with their subcommands, in the order of the help. */
final class CommandTree {
    private CommandTree() {}

    /**
     * A command.
     *
     * @param path the words that call it; none for the program itself
     * @param command what picocli knows about it
     */
    record Node(List<String> path, CommandLine command) {}

    static List<Node> of(CommandLine program) {
        List<Node> all = new ArrayList<>();
        add(new Node(List.of(), program), all);
        return all;
    }

    private static void add(Node node, List<Node> all) {
        all.add(node);
        node.command().getSubcommands().forEach((name, command) -> {
            List<String> path =
                    Stream.concat(node.path().stream(), Stream.of(name)).toList();
            add(new Node(path, command), all);
        });
    }
}
