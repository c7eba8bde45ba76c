package dev.mooring.registry.differential;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a server answered.
 *
 * @param json the body where it is JSON, as it came
 * @param comparable the body without what may differ: times stand as the number of the call that they fall into, what has no defined
 *     order is sorted
 * @param text the body as it came
 */
record Answer(int status, Optional<JsonNode> json, Optional<JsonNode> comparable, String text) {
    boolean isError() {
        return status >= 400;
    }

    /** The error code; empty where the body is not an error in MLflow's form. */
    Optional<String> errorCode() {
        return json.map(body -> body.path("error_code").asString("")).filter(code -> !code.isEmpty());
    }

    /** Whether two answers mean the same: errors by status and code, others by status and content. */
    boolean agreesWith(Answer other) {
        if (status != other.status) {
            return false;
        }
        return isError() ? errorCode().equals(other.errorCode()) : comparable.equals(other.comparable);
    }

    @Override
    public String toString() {
        String body = isError() ? text : comparable.map(JsonNode::toString).orElse(text);
        return status + " " + (body.length() > 2_000 ? body.substring(0, 2_000) + "…" : body);
    }
}
