package dev.mooring.registry.api;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The calls of the service. The tests hold this table to what the running service has. */
final class Calls {
    private static final int NAME = 256;
    private static final ObjectNode ENTRY = Schema.text().put("pattern", "^[1-9][0-9]{0,17}$");
    private static final ObjectNode HASH = Schema.text().put("pattern", "^[0-9a-fA-F]{64}$");

    /** All of them, in the order of the description. */
    static final List<Call> ALL = Stream.of(models(), MlflowCalls.ALL, HealthCalls.ALL, operations(), others())
            .flatMap(List::stream)
            .toList();

    private Calls() {}

    private static List<Call> models() {
        return List.of(
                model(
                                "POST",
                                "/models/register",
                                "Registers a new version of a model, and the model with its first one.")
                        .header("Idempotency-Key", Schema.filled(255), "Makes repeating the request safe.")
                        .sending(Bodies.REGISTRATION)
                        .answering(201, "The version is registered.")
                        .answering(202, "The registration is accepted and kept; MLflow gets it later.")
                        .refusing(400, 409, 413, 415, 422),
                model("GET", "/registrations/{id}", "The state of a registration.")
                        .variable("id", Schema.text(), "The registration_id of the answer to POST /models/register.")
                        .answering(200, "The registration.")
                        .refusing(404),
                model("GET", "/models", "Models by name, page by page.")
                        .query("prefix", Schema.text(NAME), "The beginning of the names.")
                        .paged(100)
                        .answering(200, "A page of models.")
                        .refusing(422),
                named("GET", "/models/{name}", "One model.")
                        .answering(200, "The model.")
                        .refusing(404),
                named("DELETE", "/models/{name}", "Deletes a model with its versions and aliases.")
                        .answering(204, "The model is deleted.")
                        .refusing(404),
                named("GET", "/models/{name}/versions", "The versions of a model, newest first, page by page.")
                        .paged(100)
                        .answering(200, "A page of versions.")
                        .refusing(404, 422),
                version("GET", "One version of a model.")
                        .answering(200, "The version.")
                        .refusing(404),
                version("DELETE", "Deletes a version with its aliases.")
                        .answering(204, "The version is deleted.")
                        .refusing(404),
                alias("GET", "The version that an alias points to.")
                        .answering(200, "The version.")
                        .refusing(404),
                alias("PUT", "Points an alias to a version, which promotes the version.")
                        .sending(Bodies.ALIAS)
                        .answering(200, "The alias.")
                        .refusing(400, 404, 413, 415, 422),
                alias("DELETE", "Removes an alias.")
                        .answering(204, "The alias is removed.")
                        .refusing(404),
                named("GET", "/models/{name}/history", "Who did what to a model, newest first, page by page.")
                        .query(
                                "at",
                                Schema.format("date-time"),
                                "A moment at which the history ends; the answer then has the aliases of that moment.")
                        .paged(100)
                        .answering(200, "A page of changes.")
                        .refusing(404, 422));
    }

    private static List<Call> operations() {
        return List.of(
                operation("GET", "/ops/breakers", "The circuit breakers of this instance.")
                        .answering(200, "The breakers."),
                operation("GET", "/ops/breakers/{name}", "One circuit breaker.")
                        .variable("name", Schema.text(), "The name of its dependency.")
                        .answering(200, "The breaker.")
                        .refusing(404),
                operation("POST", "/ops/breakers/{name}/{kind}", "Gives an order to a breaker, on every instance.")
                        .variable("name", Schema.text(), "The name of its dependency.")
                        .variable("kind", Schema.oneOf("open", "bypass", "close", "reset"), "The order.")
                        .sending(Bodies.ORDER)
                        .answering(200, "The breaker after the order.")
                        .refusing(400, 404, 413, 415, 422),
                operation("GET", "/ops/pools", "The connection pools of this instance.")
                        .answering(200, "The pools."),
                operation("GET", "/ops/pools/{dependency}", "One connection pool.")
                        .variable("dependency", Schema.text(), "The name of its dependency.")
                        .answering(200, "The pool.")
                        .refusing(404),
                operation(
                                "POST",
                                "/ops/pools/{dependency}/evict",
                                "Gives up the connections of a pool of this instance; calls in flight finish.")
                        .variable("dependency", Schema.text(), "The name of its dependency.")
                        .sending(Bodies.EVICTION)
                        .answering(200, "The pool after the eviction.")
                        .refusing(400, 404, 413, 415, 422),
                operation(
                                "POST",
                                "/ops/diagnose/{dependency}",
                                "Examines a dependency layer by layer, from the name of its host to its settings.")
                        .variable("dependency", Schema.text(), "The name of the dependency.")
                        .answering(200, "The diagnosis.")
                        .refusing(404, 409),
                operation("GET", "/ops/queues", "What waits for other systems, by destination.")
                        .answering(200, "The queues."),
                operation(
                                "GET",
                                "/ops/dead-letters",
                                "Messages that ended undelivered after their last attempt, newest first, page by page.")
                        .query("destination", Schema.text(60), "Only those to this destination.")
                        .paged(100)
                        .answering(200, "A page of dead letters.")
                        .refusing(422),
                letter("GET", "/ops/dead-letters/{id}", "One dead letter, with what happened to its key since.")
                        .answering(200, "The dead letter.")
                        .refusing(404),
                letter("POST", "/ops/dead-letters/{id}/replay", "Puts a dead letter back to be delivered.")
                        .answering(200, "The message as it was when it was dead.")
                        .refusing(404, 409),
                letter("DELETE", "/ops/dead-letters/{id}", "Discards a dead letter.")
                        .answering(204, "The dead letter is deleted.")
                        .refusing(404, 409),
                operation("GET", "/ops/audit", "The entries of the audit, newest first, page by page.")
                        .query("since", Schema.filled(), "A moment, or how long ago, such as 24h.")
                        .query("actor", Schema.text(1_000), "The name of a caller; only its entries are shown.")
                        .paged(100)
                        .answering(200, "A page of entries.")
                        .refusing(422),
                operation("GET", "/ops/audit/verification", "Whether the audit is whole.")
                        .query("seq", ENTRY, "The number of an entry that must be there, with its hash.")
                        .query("hash", HASH, "The hash of that entry.")
                        .query("checkpoint", Schema.text(), "A signed checkpoint that must be there, instead of both.")
                        .query("after_seq", ENTRY, "The number of the entry up to which an earlier answer came.")
                        .query("after_hash", HASH, "The hash of that entry.")
                        .answering(200, "What was found.")
                        .refusing(422),
                operation("GET", "/ops/audit/checkpoint", "The end of the audit, to be noted elsewhere.")
                        .answering(200, "The last entry; with a signature where there is a key for it.")
                        .refusing(409),
                operation("POST", "/ops/keys", "Makes a key. Only this answer holds its text.")
                        .sending(Bodies.KEY)
                        .answering(201, "The key.")
                        .refusing(400, 403, 409, 413, 415, 422),
                operation("GET", "/ops/keys", "The valid keys, without their texts.")
                        .answering(200, "The keys."),
                operation("DELETE", "/ops/keys/{id}", "Revokes a key.")
                        .variable("id", Schema.text(), "The id of the key.")
                        .answering(204, "The key is revoked.")
                        .refusing(404),
                operation("GET", "/metrics", "Metrics in a format of Prometheus, which the header Accept chooses.")
                        .answering(
                                200,
                                "The metrics.",
                                "text/plain",
                                Schema.text(),
                                "application/openmetrics-text",
                                "application/vnd.google.protobuf"));
    }

    private static List<Call> others() {
        return List.of(
                Call.of("service", "GET", "/", "A page for people that points to this description, health and docs.")
                        .answering(200, "The page.", "text/html", Schema.text()),
                Call.of("service", "GET", "/openapi.json", "This description.")
                        .answering(200, "The description.", Schema.map(Schema.any())),
                Call.of("service", "GET", "/errors", "What each code of an error means.")
                        .answering(200, "The explanations, for people.", "text/plain", Schema.text()),
                Call.of(
                                "service",
                                "GET",
                                "/errors/{code}",
                                "What a code of an error means; the type of a problem leads here.")
                        .variable("code", Schema.text(), "The code.")
                        .answering(200, "The explanation, for people.", "text/plain", Schema.text())
                        .refusing(404));
    }

    private static Call model(String method, String path, String summary) {
        return Call.of("models", method, path, summary);
    }

    private static Call named(String method, String path, String summary) {
        return model(method, path, summary).variable("name", Schema.filled(NAME), "The name of the model.");
    }

    private static Call version(String method, String summary) {
        return named(method, "/models/{name}/versions/{version}", summary)
                .variable("version", Schema.text(), "The number of the version.");
    }

    private static Call alias(String method, String summary) {
        return named(method, "/models/{name}/aliases/{alias}", summary)
                .variable("alias", Schema.filled(255), "1 to 255 characters of A-Z a-z 0-9 _ -, such as champion.");
    }

    private static Call letter(String method, String path, String summary) {
        return operation(method, path, summary).variable("id", Schema.text(), "The id of the message.");
    }

    private static Call operation(String method, String path, String summary) {
        return Call.of("operations", method, path, summary);
    }
}
