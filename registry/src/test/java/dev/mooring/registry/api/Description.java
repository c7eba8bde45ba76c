package dev.mooring.registry.api;

import dev.mooring.operations.access.Scope;
import dev.mooring.operations.access.ScopeRules;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The description of all calls in OpenAPI 3.1: the table of calls, the types that the handlers return, and the scopes of the endpoints. */
final class Description {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<Call> calls;
    private final Map<String, Type> handlers;
    private final ScopeRules scopes;
    private final Records records = new Records();

    /** {@code handlers} are the types that the handlers return, by {@link Call#key()}. */
    Description(List<Call> calls, Map<String, Type> handlers, ScopeRules scopes) {
        this.calls = calls;
        this.handlers = handlers;
        this.scopes = scopes;
    }

    /** The document, with a line feed at its end. */
    String text() {
        return JSON.writeValueAsString(document()).replace("\r\n", "\n") + "\n";
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        document.set(
                "info",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("title", "Mooring registry")
                        .put(
                                "description",
                                "A registry of models. A key goes into \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\".")
                        .put("version", "1.0.0")
                        .set(
                                "license",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("name", "Apache License 2.0")
                                        .put("identifier", "Apache-2.0")));
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        calls.forEach(call -> item(paths, call.path()).set(lower(call.method()), operation(call)));
        document.set("components", components());
        return document;
    }

    private static ObjectNode item(ObjectNode paths, String path) {
        return paths.get(path) instanceof ObjectNode item ? item : paths.putObject(path);
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    private ObjectNode operation(Call call) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode().put("summary", call.summary());
        operation.put("operationId", id(call));
        operation.putArray("tags").add(call.group());
        Optional<Scope> scope = scopes.needed(call.method(), call.path().replaceAll("[{}]", ""));
        if (scope.isPresent()) {
            operation
                    .putArray("security")
                    .add(requirement("bearer", scope.get()))
                    .add(requirement("header", scope.get()));
        } else {
            operation.putArray("security");
        }
        if (!call.parameters().isEmpty()) {
            call.parameters()
                    .forEach(parameter -> operation.withArray("parameters").add(parameter(parameter)));
        }
        call.body().ifPresent(body -> operation
                .putObject("requestBody")
                .put("required", body.required())
                .putObject("content")
                .putObject(body.media())
                .set("schema", body.schema()));
        ObjectNode responses = operation.putObject("responses");
        call.answers().forEach((status, answer) -> responses.set(String.valueOf(status), response(call, answer)));
        call.errors().forEach(status -> responses.set(String.valueOf(status), error(call)));
        responses.set("default", error(call));
        return operation;
    }

    private static String id(Call call) {
        return lower(call.method())
                + call.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    private static ObjectNode requirement(String scheme, Scope scope) {
        ObjectNode requirement = JsonNodeFactory.instance.objectNode();
        requirement.putArray(scheme).add(scope.code());
        return requirement;
    }

    private static ObjectNode parameter(Call.Parameter parameter) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("in", parameter.in())
                .put("name", parameter.name())
                .put("required", parameter.required())
                .put("description", parameter.description());
        json.set("schema", parameter.schema());
        return json;
    }

    private ObjectNode response(Call call, Call.Answer answer) {
        if (isOfMlflow(call) && answer.media().equals(Call.JSON)) {
            return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/responses/MlflowAnswer");
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("description", answer.description());
        if (answer.media().isEmpty()) {
            return response;
        }
        Optional<ObjectNode> schema = answer.schema().or(() -> records.answer(handler(call)));
        schema.ifPresent(
                known -> response.putObject("content").putObject(answer.media()).set("schema", known));
        answer.others()
                .forEach(
                        media -> response.withObject("content").putObject(media).set("schema", Schema.text()));
        return response;
    }

    private Type handler(Call call) {
        Type type = handlers.get(call.key());
        if (type == null) {
            throw new IllegalStateException("no handler of the service answers " + call);
        }
        return type;
    }

    private static ObjectNode error(Call call) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/responses/" + refusal(call));
    }

    private static String refusal(Call call) {
        if (!isOfMlflow(call)) {
            return "Refused";
        }
        return MlflowCalls.isOfRegistry(call) ? "RefusedByMlflow" : "RefusedBehind";
    }

    private static boolean isOfMlflow(Call call) {
        return call.group().equals("mlflow");
    }

    private ObjectNode components() {
        Map<String, ObjectNode> all = new TreeMap<>(records.components());
        all.putAll(HealthCalls.components());
        all.putAll(Errors.components());
        ObjectNode components = JsonNodeFactory.instance.objectNode();
        ObjectNode schemas = components.putObject("schemas");
        all.forEach(schemas::set);
        ObjectNode responses = components.putObject("responses");
        put(responses, "Refused", "Refused, or failed.", "application/problem+json", "Problem");
        put(responses, "RefusedByMlflow", "Refused, or failed, in MLflow's form.", Call.JSON, "MlflowError");
        put(
                responses,
                "RefusedBehind",
                "Refused, or failed: in MLflow's form, or as the server behind answered.",
                Call.JSON,
                "MlflowError");
        responses
                .withObject("RefusedBehind")
                .withObject("content")
                .putObject("text/html")
                .set("schema", Schema.text());
        put(responses, "MlflowAnswer", "As MLflow answers.", Call.JSON, "MlflowAnswer");
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
        schemes.putObject("header").put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
        return components;
    }

    private static void put(ObjectNode responses, String name, String description, String media, String schema) {
        responses
                .putObject(name)
                .put("description", description)
                .putObject("content")
                .putObject(media)
                .set("schema", Schema.ref(schema));
    }
}
