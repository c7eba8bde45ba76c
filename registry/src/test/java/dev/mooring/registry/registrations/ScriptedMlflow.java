package dev.mooring.registry.registrations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small MLflow server whose behaviour a test chooses while calls come. It keeps models and versions in memory, over every behaviour.
 * Thread-safe.
 */
public final class ScriptedMlflow implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String API = "/api/2.0/mlflow/";

    /** Words of SQLAlchemy that must reach no client. */
    static final String SQL =
            "(psycopg2.OperationalError) [SQL: INSERT INTO model_versions (name, version) VALUES (%(name)s)]";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration lateness = Duration.ZERO;
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final int port;
    private volatile Behaviour behaviour = Behaviour.WELL;
    private volatile CountDownLatch frozen = new CountDownLatch(0);
    private @Nullable HttpServer server;

    /** How the server behaves. */
    public enum Behaviour {
        WELL,
        /** Nothing listens. */
        REFUSING,
        /** Accepts calls and does not answer until the behaviour changes; then it does what was asked. */
        FROZEN,
        ERROR_500,
        HTML,
        /** Its pool of connections ran dry: 400 with SQL. */
        POOL_DRY,
        WRONG_HOST,
        UNAUTHENTICATED,
        PERMISSION_DENIED,
        /** Another service: 404 with HTML. */
        NOT_MLFLOW,
        /** Answers after 1 s. */
        SLOW,
        /** Does what was asked and closes the connection without an answer. */
        DROPS_AFTER_COMMIT,
        /** Closes the connection at once, and does what was asked when {@link #commitLate()} says so, or after {@link #lateness}. */
        COMMITS_LATE,
        /** Searches and makes models, but answers 500 in JSON when it should make a version. */
        FAILS_VERSIONS,
        REJECTS,
        /** Searches and makes models, but a proxy before it refuses to make versions. */
        DENIES_VERSIONS
    }

    public ScriptedMlflow() {
        port = listen(0);
    }

    /** What MLFLOW_TRACKING_URI is set to. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** What it keeps. */
    public ScriptedRegistry registry() {
        return registry;
    }

    /** Behaves like this from the next call on; calls that were frozen go on. */
    public synchronized void behave(Behaviour next) {
        frozen.countDown();
        frozen = new CountDownLatch(next == Behaviour.FROZEN ? 1 : 0);
        behaviour = next;
        HttpServer present = server;
        if (next == Behaviour.REFUSING && present != null) {
            present.stop(0);
            server = null;
        } else if (next != Behaviour.REFUSING && present == null) {
            int same = listen(port);
            assert same == port;
        }
    }

    /** Lets it do what was asked by itself that much later, in {@link Behaviour#COMMITS_LATE}. */
    public void lateness(Duration later) {
        lateness = later;
    }

    /** Does what calls asked for that it dropped in {@link Behaviour#COMMITS_LATE}; how many those were. */
    public int commitLate() {
        return registry.commitLate();
    }

    private synchronized int listen(int wanted) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
            made.setExecutor(threads);
            made.createContext("/", this::handle);
            made.start();
            server = made;
            return made.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String call = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().replace(API, "");
            JsonNode json = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            Query query = new Query(exchange.getRequestURI().getRawQuery());
            Behaviour now = behaviour;
            switch (now) {
                case FROZEN -> {
                    frozen.await();
                    answer(exchange, registry.call(call, json, query));
                }
                case SLOW -> {
                    TimeUnit.SECONDS.sleep(1);
                    answer(exchange, registry.call(call, json, query));
                }
                case DROPS_AFTER_COMMIT -> registry.call(call, json, query);
                case COMMITS_LATE -> {
                    registry.later(call, json, query);
                    if (!lateness.isZero()) {
                        clock.schedule(registry::commitOneLate, lateness.toMillis(), TimeUnit.MILLISECONDS);
                    }
                }
                case FAILS_VERSIONS, REJECTS, DENIES_VERSIONS ->
                    answer(exchange, withoutVersions(now, call, json, query));
                case WELL, REFUSING -> answer(exchange, registry.call(call, json, query));
                default -> answer(exchange, misbehaviour(now));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer withoutVersions(Behaviour now, String call, JsonNode json, Query query) {
        if (!call.equals("POST model-versions/create")) {
            return registry.call(call, json, query);
        }
        if (now == Behaviour.DENIES_VERSIONS) {
            return misbehaviour(Behaviour.PERMISSION_DENIED);
        }
        return now == Behaviour.REJECTS
                ? Answer.error(400, "INVALID_PARAMETER_VALUE", "Invalid model version source: 's3://x'.")
                : Answer.error(500, "INTERNAL_ERROR", SQL);
    }

    private static Answer misbehaviour(Behaviour now) {
        return switch (now) {
            case ERROR_500 -> Answer.error(500, "INTERNAL_ERROR", SQL);
            case HTML -> new Answer(200, "text/html", "<html>Please log in</html>");
            case POOL_DRY -> Answer.error(400, "BAD_REQUEST", "QueuePool limit of size 5 overflow 10 reached " + SQL);
            case WRONG_HOST ->
                new Answer(403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected");
            case UNAUTHENTICATED -> new Answer(401, "text/plain", "You are not authenticated.");
            case PERMISSION_DENIED -> new Answer(403, "text/plain", "Permission denied");
            case NOT_MLFLOW -> new Answer(404, "text/html", "<html>Not Found</html>");
            default -> throw new IllegalStateException(now + " answers otherwise");
        };
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public synchronized void close() {
        behave(Behaviour.REFUSING);
        threads.shutdownNow();
        clock.shutdownNow();
    }

    /** An answer. */
    record Answer(int status, String type, String body) {
        static Answer ok(Object json) {
            return new Answer(200, "application/json", MAPPER.writeValueAsString(json));
        }

        static Answer error(int status, String code, String message) {
            return new Answer(
                    status,
                    "application/json",
                    MAPPER.writeValueAsString(Map.of("error_code", code, "message", message)));
        }
    }

    /** The parameters of a query; the first of each name. */
    record Query(@Nullable String raw) {
        String get(String name) {
            List<String> found = new ArrayList<>();
            for (String part : (raw == null ? "" : raw).split("&")) {
                if (part.startsWith(name + "=")) {
                    found.add(java.net.URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8));
                }
            }
            return found.isEmpty() ? "" : found.get(0);
        }
    }
}
