package dev.mooring.registry.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of the service, as its description tells it. The methods give changed copies.
 *
 * @param method the HTTP method
 * @param path the path, with variables in braces
 * @param group the tag
 * @param summary what the call does, in one sentence
 * @param parameters of path, query and headers
 * @param body the request's body; empty for a call without one
 * @param answers the statuses of success, each with its media type and schema; a null schema stands for the type that the handler returns
 * @param errors the statuses of refusals of this call, beside those that every call may have
 */
record Call(
        String method,
        String path,
        String group,
        String summary,
        List<Parameter> parameters,
        Optional<Body> body,
        Map<Integer, Answer> answers,
        List<Integer> errors) {
    /** A parameter. */
    record Parameter(String in, String name, boolean required, ObjectNode schema, String description) {}

    /** The body of a request. */
    record Body(boolean required, String media, ObjectNode schema) {}

    /**
     * An answer.
     *
     * @param media empty: no body
     * @param schema empty: the type that the handler returns
     * @param others further media types that a client can ask for; all are text or binary
     */
    record Answer(String description, String media, Optional<ObjectNode> schema, List<String> others) {}

    static final String JSON = "application/json";
    private static final String SEGMENT = "^[^/\\\\]+$";

    static Call of(String group, String method, String path, String summary) {
        return new Call(method, path, group, summary, List.of(), Optional.empty(), Map.of(), List.of());
    }

    Call variable(String name, ObjectNode schema, String description) {
        return variable(name, schema, SEGMENT, description);
    }

    /** A variable with a pattern of its own, where its values are not a list. */
    Call variable(String name, ObjectNode schema, String pattern, String description) {
        ObjectNode bounded = schema.has("enum") ? schema : schema.deepCopy().put("pattern", pattern);
        return with(new Parameter("path", name, true, bounded, description));
    }

    Call query(String name, ObjectNode schema, String description) {
        return with(new Parameter("query", name, false, schema, description));
    }

    /** A parameter of the query that must be there. */
    Call asking(String name, ObjectNode schema, String description) {
        return with(new Parameter("query", name, true, schema, description));
    }

    Call header(String name, ObjectNode schema, String description) {
        return with(new Parameter("header", name, false, schema, description));
    }

    Call paged(int most) {
        return query("limit", Schema.whole(1, most), "Most entries of a page; " + most + " if absent.")
                .query("page_token", Schema.text(), "The next_page_token of the page before.");
    }

    Call sending(ObjectNode schema) {
        return sending(new Body(true, JSON, schema));
    }

    Call sending(Body sent) {
        return new Call(method, path, group, summary, parameters, Optional.of(sent), answers, errors);
    }

    /** Answers with the type that the handler returns. */
    Call answering(int status, String description) {
        return answering(status, new Answer(description, JSON, Optional.empty(), List.of()));
    }

    Call answering(int status, String description, ObjectNode schema) {
        return answering(status, description, JSON, schema);
    }

    /** Answers without a body. */
    Call answeringNothing(int status, String description) {
        return answering(status, new Answer(description, "", Optional.empty(), List.of()));
    }

    /** Answers with the first media type and its schema; clients can ask for the others. */
    Call answering(int status, String description, String media, ObjectNode schema, String... others) {
        return answering(status, new Answer(description, media, Optional.of(schema), List.of(others)));
    }

    private Call answering(int status, Answer answer) {
        Map<Integer, Answer> all = new LinkedHashMap<>(answers);
        all.put(status, answer);
        return new Call(method, path, group, summary, parameters, body, all, errors);
    }

    Call refusing(Integer... statuses) {
        return new Call(method, path, group, summary, parameters, body, answers, List.of(statuses));
    }

    private Call with(Parameter parameter) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(parameter);
        return new Call(method, path, group, summary, all, body, answers, errors);
    }

    /** Method and path with every variable named alike. */
    String key() {
        return method + " " + path.replaceAll("\\{[^}]+}", "{}");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
