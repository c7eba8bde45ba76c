package dev.mooring.registry.api;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of errors. */
final class Errors {
    private Errors() {}

    static Map<String, ObjectNode> components() {
        return Map.of(
                "Problem",
                problem(),
                "FieldProblem",
                field(),
                "MlflowAnswer",
                Schema.map(Schema.any()),
                "MlflowError",
                Schema.object("error_code", Schema.text(), "message", Schema.text()));
    }

    private static ObjectNode problem() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("type?", Schema.text());
        members.put("title", Schema.text());
        members.put("status", Schema.whole());
        members.put("code", Schema.text());
        members.put("detail", Schema.text());
        members.put("request_id", Schema.text());
        members.put("retry_after_seconds?", Schema.whole());
        members.put("errors?", Schema.list(Schema.ref("FieldProblem")));
        return Schema.object(members);
    }

    private static ObjectNode field() {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        members.put("field", Schema.text());
        members.put("message", Schema.text());
        return Schema.object(members);
    }
}
