package dev.mooring.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
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
    private static final int FIRST_FAILURE = 400;

    static {
        // Without it the JDK would send a POST again whose answer did not come.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final URI service;
    private final Optional<String> key;

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
    public JsonNode get(String pathAndQuery) {
        return body(send("GET", pathAndQuery, Optional.empty()));
    }

    /** The body of {@code /health}, which has one also where the service is not healthy. */
    public JsonNode health() {
        Reply answer = send("GET", "/health", Optional.empty());
        JsonNode body = read(answer.body());
        return body.has("status") && body.has("dependencies") ? body : body(answer);
    }

    /** The answer to a GET; empty where the service asks for a key, or for another one. */
    public Optional<JsonNode> getIfAllowed(String pathAndQuery) {
        Reply answer = send("GET", pathAndQuery, Optional.empty());
        boolean isAllowed = answer.status() != NO_KEY && answer.status() != NO_SCOPE;
        return isAllowed ? Optional.of(body(answer)) : Optional.empty();
    }

    /** The answer to a POST with a JSON body. */
    public JsonNode post(String path, JsonNode json) {
        return body(send("POST", path, Optional.of(json.toString())));
    }

    /** Makes a DELETE, which has no answer. */
    public void delete(String path) {
        JsonNode unused = body(send("DELETE", path, Optional.empty()));
        assert unused != null;
    }

    /** An empty object, to fill for a request. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode body(Reply answer) {
        JsonNode body = answer.status() == 204 ? object() : read(answer.body());
        if (!DONE.contains(answer.status())) {
            throw refusal(answer.status(), body);
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

    /**
     * Makes one call. {@link HttpURLConnection} takes a quarter of the time that the newer client needs for its first call, and a command
     * makes few.
     */
    private Reply send(String method, String pathAndQuery, Optional<String> json) {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create(service + pathAndQuery).toURL().openConnection();
            call.setRequestMethod(method);
            call.setConnectTimeout((int) CONNECT.toMillis());
            call.setReadTimeout((int) ANSWER.toMillis());
            call.setInstanceFollowRedirects(false);
            call.setRequestProperty("Accept", "application/json, application/problem+json");
            key.ifPresent(text -> call.setRequestProperty("Authorization", "Bearer " + text));
            if (json.isPresent()) {
                call.setRequestProperty("Content-Type", "application/json");
                call.setDoOutput(true);
                try (OutputStream body = call.getOutputStream()) {
                    body.write(json.get().getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = call.getResponseCode();
            try (InputStream body = status < FIRST_FAILURE ? call.getInputStream() : call.getErrorStream()) {
                return new Reply(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException late) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " does not answer in time; see whether the service hangs, or name another with --url or"
                            + " MOORING_URL");
        } catch (SSLException untrusted) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " has no TLS that this program trusts: " + untrusted.getMessage()
                            + "; JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE names who signs it");
        } catch (IOException away) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " does not answer; start the service, or name another with --url or MOORING_URL");
        }
    }

    private record Reply(int status, String body) {}

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
