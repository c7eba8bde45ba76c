package dev.mooring.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page tells its reader to type: one command of a transcript, or a whole block of commands.
 *
 * @param language that of the block; empty when it names none
 * @param answer what the page says that it prints; empty when it says nothing
 */
record PageCommand(Page page, String language, String code, List<String> answer) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "console");
    private static final Pattern ASSIGNMENTS = Pattern.compile("([A-Z_]+=\\S* +)+");
    private static final Set<String> PROGRAMS = Set.of(
            ("mooring ./mooring (umask install mvn java curl redis-cli psql \\dt pg_dump createdb cp mv cd export umask jq nc ss getent openssl df uptime"
                            + " python3 mlflow git docker kubectl aws examples/before-after/run.sh examples/flow-backend/run.sh"
                            + " examples/glucolens/run.sh")
                    .split(" "));

    static List<PageCommand> of(Page page) {
        List<PageCommand> commands = new ArrayList<>();
        for (Page.Fence fence : page.fences()) {
            String code = fence.code().replace("\\\n", " ");
            if (code.startsWith("$ ")) {
                addTranscript(page, code, commands);
            } else if (fence.language().equals("sql")
                    || SHELLS.contains(fence.language())
                    || (fence.language().isEmpty() && PROGRAMS.contains(program(code)))) {
                commands.add(new PageCommand(page, fence.language(), code, List.of()));
            }
        }
        return commands;
    }

    private static void addTranscript(Page page, String code, List<PageCommand> commands) {
        for (String line : code.lines().toList()) {
            if (line.startsWith("$ ")) {
                commands.add(new PageCommand(page, "console", line.substring(2), new ArrayList<>()));
            } else {
                commands.get(commands.size() - 1).answer().add(line);
            }
        }
    }

    private static String program(String code) {
        return ASSIGNMENTS
                .matcher(code.lines().findFirst().orElse(""))
                .replaceFirst("")
                .split("[ ;]", 2)[0];
    }

    @Override
    public String toString() {
        return page + ": " + code.lines().findFirst().orElse("");
    }
}
