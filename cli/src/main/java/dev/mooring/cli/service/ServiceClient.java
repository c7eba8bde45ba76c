package dev.mooring.cli.service;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running service. Not thread-safe. */
public final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<Integer> DONE = Set.of(200, 201, 204);
    private static final int NO_KEY = 401;
    private static final int NO_SCOPE = 403;

    private final URI service;
    private final Optional<String> key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** {@code service} is the address without a slash at its end. */
    ServiceClient(URI service, Optional<String> key) {
        this.service = service;
        this.key = key;
    }

    /** The address of the service. */
    public URI address() {
        return service;
    }

    /** A text as one segment of a path, or as the value of a parameter. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The answer to a GET.
     *
     * @throws ServiceException the service does not answer, or refuses
     */
    public JsonNode get(String pathAndQuery) throws InterruptedException {
        return body(send(request(pathAndQuery).GET()));
    }

    /** The body of {@code /health}, which has one also where the service is not healthy. */
    public JsonNode health() throws InterruptedException {
        HttpResponse<String> answer = send(request("/health").GET());
        JsonNode body = read(answer.body());
        return body.has("status") && body.has("dependencies") ? body : body(answer);
    }

    /** The answer to a GET; empty where the service asks for a key, or for another one. */
    public Optional<JsonNode> getIfAllowed(String pathAndQuery) throws InterruptedException {
        HttpResponse<String> answer = send(request(pathAndQuery).GET());
        boolean isAllowed = answer.statusCode() != NO_KEY && answer.statusCode() != NO_SCOPE;
        return isAllowed ? Optional.of(body(answer)) : Optional.empty();
    }

    /** The answer to a POST with a JSON body. */
    public JsonNode post(String path, JsonNode json) throws InterruptedException {
        return body(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toString()))));
    }

    /** Makes a DELETE, which has no answer. */
    public void delete(String path) throws InterruptedException {
        JsonNode unused = body(send(request(path).DELETE()));
        assert unused != null;
    }

    /** An empty object, to fill for a request. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode body(HttpResponse<String> answer) {
        JsonNode body = answer.statusCode() == 204 ? object() : read(answer.body());
        if (!DONE.contains(answer.statusCode())) {
            throw refusal(answer.statusCode(), body);
        }
        return body;
    }

    private ServiceException refusal(int status, JsonNode body) {
        StringBuilder line = new StringBuilder(service.toString())
                .append(" refuses: ")
                .append(body.path("detail").asString("HTTP status " + status));
        body.path("errors").forEach(error -> line.append(" ")
                .append(error.path("field").asString())
                .append(" ")
                .append(error.path("message").asString())
                .append("."));
        if (status == NO_KEY) {
            line.append(" Give the key in MOORING_KEY or with --key-file.");
        }
        return new ServiceException(body.path("code").asString("http_" + status), line.toString());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service + pathAndQuery)).timeout(ANSWER);
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException late) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " does not answer in time; see whether the service hangs, or name another with --url or"
                            + " MOORING_URL");
        } catch (IOException away) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " does not answer; start the service, or name another with --url or MOORING_URL");
        }
    }

    private JsonNode read(String body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException noJson) {
            // It is refused below.
        }
        throw new ServiceException(
                "not_this_service", service + " does not answer as this service does; check the address");
    }
}
