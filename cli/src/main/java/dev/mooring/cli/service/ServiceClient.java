package dev.mooring.cli.service;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
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
    private static final String WRONG_KEY = "the key of MOORING_KEY or --key-file is wrong, expired or revoked";
    private static final int NO_KEY = 401;
    private static final int NO_SCOPE = 403;
    private static final int NOT_FOUND = 404;
    private static final int FIRST_FAILURE = 400;

    static {
        // Without it the JDK would send a POST again whose answer did not come.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final URI service;
    private final Optional<String> key;
    private final Optional<SSLSocketFactory> trust;

    /**
     * A client of one service.
     *
     * @param service the address without a slash at its end
     * @param key the key for every call
     * @param trust makes the connections with TLS; empty for those of the JDK
     */
    ServiceClient(URI service, Optional<String> key, Optional<SSLSocketFactory> trust) {
        this.service = service;
        this.key = key;
        this.trust = trust;
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
        JsonNode body = read(answer);
        return body.has("status") && body.has("dependencies") ? body : body(answer);
    }

    /** The answer to a GET, or why the service does not give it. */
    public Guarded getGuarded(String pathAndQuery) {
        Reply answer = send("GET", pathAndQuery, Optional.empty());
        if (answer.status() == NO_KEY) {
            return Guarded.without(
                    key.isPresent() ? WRONG_KEY : "it needs a key with ops:read, in MOORING_KEY or from --key-file");
        }
        if (answer.status() == NO_SCOPE) {
            return Guarded.without("the key lacks the scope ops:read");
        }
        try {
            return Guarded.of(body(answer));
        } catch (ServiceException refused) {
            return Guarded.without(String.valueOf(refused.getMessage()));
        }
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
        JsonNode body = answer.status() == 204 ? object() : read(answer);
        if (!DONE.contains(answer.status())) {
            throw refusal(answer.status(), body);
        }
        return body;
    }

    private ServiceException refusal(int status, JsonNode body) {
        StringBuilder line = new StringBuilder(service.toString())
                .append(" refuses: ")
                .append(CommandWords.of(body.path("detail").asString("HTTP status " + status)));
        body.path("errors").forEach(error -> line.append(" ")
                .append(error.path("field").asString())
                .append(" ")
                .append(error.path("message").asString())
                .append("."));
        if (status == NO_KEY) {
            line.append(
                    key.isPresent()
                            ? " " + WRONG_KEY.substring(0, 1).toUpperCase(Locale.ROOT) + WRONG_KEY.substring(1) + "."
                            : " Give the key in MOORING_KEY or with --key-file.");
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
            if (call instanceof HttpsURLConnection secure) {
                trust.ifPresent(secure::setSSLSocketFactory);
            }
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
                String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Reply(pathAndQuery, status, text);
            }
        } catch (SocketTimeoutException late) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    service + " does not answer in time; see whether the service hangs, or name another with --url or"
                            + " MOORING_URL");
        } catch (IOException failed) {
            throw new ServiceException(
                    ServiceException.UNREACHABLE,
                    tlsFailure(failed)
                            .map(reason -> service + " has no TLS that this program trusts: " + reason
                                    + "; its certificate must hold this name, and --ca-file or TLS_CA_FILE names the"
                                    + " authorities (PEM) that may sign it")
                            .orElse(
                                    service
                                            + " does not answer; start the service, or name another with --url or MOORING_URL"));
        }
    }

    /** Why there is no TLS; empty where the failure is another one. A store of the JDK that is unusable fails without an SSLException. */
    private static Optional<String> tlsFailure(IOException failed) {
        List<Throwable> causes = FailureClassifier.causes(failed);
        boolean isTls = causes.stream()
                .anyMatch(cause -> cause instanceof SSLException || cause instanceof GeneralSecurityException);
        return isTls ? Optional.of(Failure.oneLine(causes.get(causes.size() - 1))) : Optional.empty();
    }

    private record Reply(String path, int status, String body) {}

    private JsonNode read(Reply answer) {
        try {
            JsonNode json = JsonMapper.shared().readTree(answer.body());
            if (json.isObject() && (answer.status() != NOT_FOUND || json.has("code"))) {
                return json;
            }
        } catch (JacksonException noJson) {
            // It is refused below.
        }
        boolean isForOperators = !DONE.contains(answer.status())
                && (answer.path().startsWith("/ops/") || answer.path().startsWith("/health/"));
        throw new ServiceException(
                "not_this_service",
                service + " does not answer "
                        + (isForOperators
                                ? answer.path().split("\\?", 2)[0] + " as this service does (status " + answer.status()
                                        + "): it may be a proxy that hides the operators' paths; name an instance itself with --url"
                                : "as this service does; check the address"));
    }
}
