package dev.mooring.registry.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A registry that calls are sent to, one after the other. Remembers the last page token and all models. Not thread-safe. */
final class Server {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String API = "/api/2.0/mlflow/";
    private static final List<String> EVERYTHING = List.of(
            "registered-models/search?max_results=1000",
            "registered-models/search?max_results=1000&filter=tags.%60mlflow.prompt.is_prompt%60%20=%20'true'");
    private static final String NO_TOKEN =
            Base64.getEncoder().encodeToString("{\"offset\": 7}".getBytes(StandardCharsets.UTF_8));

    private final String name;
    private final URI base;
    /** The models that it said it has or had; deleted before the next history. */
    private final Set<String> models = new HashSet<>();

    private Timeline timeline = new Timeline();
    private String next = NO_TOKEN;

    Server(String name, URI base) {
        this.name = name;
        this.base = base;
    }

    /** Begins a new history: deletes every model, forgets the page token, and counts calls from the next one. */
    void begin() {
        EVERYTHING.forEach(
                search -> send(new Call("GET", search)).json().ifPresent(found -> found.path("registered_models")
                        .forEach(model -> models.add(model.path("name").asString()))));
        for (String model : models) {
            send(new Call("DELETE", "registered-models/delete")
                    .withBody(JSON.createObjectNode().put("name", model).toString()));
        }
        models.clear();
        timeline = new Timeline();
        next = NO_TOKEN;
    }

    Answer send(Call call) {
        HttpRequest request = request(call);
        timeline.callBegins();
        HttpResponse<String> response = exchange(call, request);
        timeline.callEnds();
        Optional<JsonNode> json = json(response);
        json.map(body -> body.path("registered_model").path("name").asString(""))
                .filter(model -> !model.isEmpty())
                .ifPresent(models::add);
        json.map(body -> body.path("next_page_token").asString(""))
                .filter(token -> !token.isEmpty())
                .ifPresent(token -> next = token);
        return new Answer(
                response.statusCode(), json, json.map(new Comparison(call, timeline)::comparable), response.body());
    }

    private HttpRequest request(Call call) {
        String target = call.target().replace(Call.NEXT, next);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        base.resolve(target.startsWith("/") ? target : API + target))
                .timeout(LIMIT)
                .method(call.method(), call.body().map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
        if (call.body().isPresent()) {
            request.setHeader("Content-Type", "application/json");
        }
        call.header().map(line -> line.split(": ?", 2)).ifPresent(line -> request.setHeader(line[0], line[1]));
        return request.build();
    }

    private HttpResponse<String> exchange(Call call, HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(name + " gave no answer to " + call, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was asked", interrupted);
        }
    }

    private static Optional<JsonNode> json(HttpResponse<String> response) {
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(response.body()));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
