package dev.mooring.cli.service;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.spring.environment.ExitCode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a command prints at its end.
 *
 * @param document for {@code -o json}
 * @param lines as text
 * @param exitCode the exit code, the same in every format
 */
public record Result(JsonNode document, List<String> lines, int exitCode) {
    public Result {
        lines = List.copyOf(lines);
    }

    /** The answer of the service as a document, and the same as text. */
    public static Result of(JsonNode answer, List<String> lines) {
        return new Result(JsonDocument.with(answer), lines, ExitCode.DONE);
    }
}
