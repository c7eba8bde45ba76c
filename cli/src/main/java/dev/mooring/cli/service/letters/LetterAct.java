package dev.mooring.cli.service.letters;

import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that does something to each dead letter that it names, the oldest first. What the service refuses for one does not stop the
 * others.
 */
abstract class LetterAct extends ServiceCommand {
    private final String done;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The ids of the dead letters.")
    private List<String> ids = new ArrayList<>();

    /** {@code done} is what the output calls a letter that the act changed. */
    LetterAct(Surroundings surroundings, String done) {
        super(surroundings);
        this.done = done;
    }

    /** Does it to the dead letter at a path. */
    abstract void act(ServiceClient client, String path);

    /** The ids in the order in which the messages were made, to the millisecond: an id is a UUIDv7. */
    private List<String> oldestFirst() {
        return ids.stream()
                .sorted(Comparator.comparing(id -> id.toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Override
    protected final Result ask(ServiceClient client) {
        ObjectNode document = JsonDocument.empty();
        ArrayNode letters = document.putArray("dead_letters");
        List<String> lines = new ArrayList<>();
        int exitCode = ExitCode.DONE;
        for (String id : oldestFirst()) {
            ObjectNode letter = letters.addObject().put("id", id);
            try {
                act(client, "/ops/dead-letters/" + ServiceClient.encoded(id));
                letter.put("result", done);
                lines.add(id + "  " + done);
            } catch (ServiceException refused) {
                letter.put("result", "refused")
                        .putObject("problem")
                        .put("code", refused.code())
                        .put("detail", refused.getMessage());
                surroundings().fail(String.valueOf(refused.getMessage()));
                exitCode = ExitCode.FAILED;
                if (refused.code().equals(ServiceException.UNREACHABLE)) {
                    break;
                }
            }
        }
        return new Result(document, lines, exitCode);
    }
}
