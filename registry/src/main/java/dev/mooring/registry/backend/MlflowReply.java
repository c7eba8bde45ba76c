package dev.mooring.registry.backend;

import dev.mooring.http.HttpReply;
import dev.mooring.probe.Finding;
import dev.mooring.spring.body.JsonSize;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the MLflow server answered to a call on its registry. Immutable. */
public final class MlflowReply {
    /** The most names, values and brackets of a reply that is taken for one of MLflow: twenty thousand versions have fewer. */
    public static final int MOST_PARTS = 1_000_000;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpReply reply;
    private final @Nullable JsonNode json;

    private MlflowReply(HttpReply reply, @Nullable JsonNode json) {
        this.reply = reply;
        this.json = json;
    }

    /** Reads a reply; throws nothing, whatever it is. */
    public static MlflowReply of(HttpReply reply) {
        return new MlflowReply(reply, reply.isJson() ? object(reply.body()) : null);
    }

    private static @Nullable JsonNode object(byte[] body) {
        if (JsonSize.parts(body) > MOST_PARTS) {
            return null;
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            return node.isObject() ? node : null;
        } catch (JacksonException broken) {
            return null;
        }
    }

    /** The status code. */
    public int status() {
        return reply.status();
    }

    /** The content of a call that succeeded; empty for everything else. */
    public Optional<JsonNode> content() {
        return reply.isSuccess() ? Optional.ofNullable(json) : Optional.empty();
    }

    /** MLflow's code of the error; empty when the call succeeded, and when what answered was not MLflow. */
    public Optional<String> errorCode() {
        return reply.isSuccess() ? Optional.empty() : text("error_code");
    }

    /** MLflow's message of the error; empty as {@link #errorCode}. It may hold SQL. */
    public String errorMessage() {
        return reply.isSuccess() ? "" : text("message").orElse("");
    }

    /** Whether MLflow answered with this code. */
    public boolean isError(String code) {
        return errorCode().filter(code::equals).isPresent();
    }

    /** What is wrong with the server that answered like this, and what to fix. For a call that did not succeed. */
    public Finding trouble() {
        return Trouble.behind(this);
    }

    /** The type of the content, for people. */
    String contentType() {
        return reply.header("Content-Type").orElse("no content type");
    }

    /** The beginning of a body that is not JSON, to recognize it. */
    String foreignText() {
        return json == null ? reply.text() : "";
    }

    Optional<String> location() {
        return reply.header("Location");
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable(json)
                .map(object -> object.get(member))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }
}
