package dev.mooring.cli.service;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a call that needs a key, or why there is none.
 *
 * @param body the answer
 * @param withheld why the service, or a proxy before it, does not give it: words that follow "is not shown:"; empty with a body
 */
public record Guarded(Optional<JsonNode> body, String withheld) {
    static Guarded of(JsonNode body) {
        return new Guarded(Optional.of(body), "");
    }

    static Guarded without(String why) {
        return new Guarded(Optional.empty(), why);
    }
}
