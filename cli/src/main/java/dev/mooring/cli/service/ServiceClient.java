package dev.mooring.cli.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running service. Not thread-safe. */
final class ServiceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

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

    /**
     * The answer to a GET.
     *
     * @throws ServiceException the service does not answer, or refuses
     */
    JsonNode get(String pathAndQuery) throws InterruptedException {
        HttpResponse<String> answer = send(pathAndQuery);
        JsonNode body = read(answer.body());
        if (answer.statusCode() != 200) {
            String detail = body.path("detail").asString("HTTP status " + answer.statusCode());
            String how = answer.statusCode() == 401 ? " Give the key in MOORING_KEY or with --key-file." : "";
            throw new ServiceException(service + " refuses: " + detail + how);
        }
        return body;
    }

    private HttpResponse<String> send(String pathAndQuery) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + pathAndQuery))
                    .timeout(ANSWER)
                    .GET();
            key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException away) {
            throw new ServiceException(
                    service + " does not answer; start the service, or name another with --url or" + " MOORING_URL");
        }
    }

    private JsonNode read(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException noJson) {
            throw new ServiceException(service + " does not answer as this service does; check the address");
        }
    }
}
