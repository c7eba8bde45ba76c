package dev.mooring.applications.harness;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Asks an application all that its users could notice, and writes down the answers. */
final class Answers {
    private static final Set<String> HEADERS_OF_THE_CONNECTION =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");
    private static final String SETTINGS_OF_THE_SESSION =
            "select coalesce(string_agg(name || '=' || setting, ' ' order by name), '')"
                    + " from pg_settings where source in ('client', 'session')";

    private static final int LOOKS = 200;
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private final Running application;
    private final Map<String, String> answers = new LinkedHashMap<>();

    private Answers(Running application) {
        this.application = application;
    }

    /** Questions and answers, in order. */
    static Map<String, String> of(Running application) throws IOException, InterruptedException {
        Answers answers = new Answers(application);
        answers.put("settings of the session", answers::settingsOfTheSession);
        answers.put("connection", answers::connection);
        answers.put("pool", answers::pool);
        if (application.kind().isWeb()) {
            answers.web();
        } else {
            answers.direct();
        }
        return answers.answers;
    }

    private void put(String question, Callable<String> answer) {
        String text;
        try {
            text = answer.call();
        } catch (Exception failed) {
            text = failed.toString();
        }
        answers.put(question, text);
    }

    private String pool() throws SQLException {
        HikariDataSource pool = application.dataSource().unwrap(HikariDataSource.class);
        return "size=" + pool.getMaximumPoolSize() + " idle=" + pool.getMinimumIdle() + "/" + pool.getIdleTimeout()
                + " life="
                + pool.getMaxLifetime() + " wait=" + pool.getConnectionTimeout() + " name="
                + pool.getPoolName().replaceAll("\\d+", "N");
    }

    /** Of a new session: what an initializer left in its own session belongs to the initializer. */
    private String settingsOfTheSession() throws SQLException {
        application.dataSource().getConnection().close();
        application
                .dataSource()
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean()
                .softEvictConnections();
        try (Connection connection = application.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SETTINGS_OF_THE_SESSION)) {
            row.next();
            return row.getString(1);
        }
    }

    private String connection() throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            return "auto-commit=" + connection.getAutoCommit() + " isolation=" + connection.getTransactionIsolation()
                    + " read-only=" + connection.isReadOnly() + " schema=" + connection.getSchema();
        }
    }

    private void direct() {
        application.things().add("one");
        put("failure in a transaction", () -> {
            application.things().addThenFail("two");
            return "none";
        });
        put("names", () -> application.names().toString());
    }

    private void web() throws IOException, InterruptedException {
        ask("POST /things/one", post("/things/one", 0));
        ask("POST /things/two/fail", post("/things/two/fail", 0));
        ask("GET /things", application.request("/things"));
        ask("GET /nothing", application.request("/nothing"));
        ask("GET /nothing for a browser", application.request("/nothing").header("Accept", "text/html"));
        ask("GET /actuator/health", application.request("/actuator/health"));
        ask("GET /actuator/health/readiness", application.request("/actuator/health/readiness"));
        answers.put("failed of 60 at once", String.valueOf(failedOf(60)));
        special();
    }

    private void special() throws IOException, InterruptedException {
        switch (application.kind()) {
            case JPA_DDL -> {
                ask("POST /conflicts/lock", post("/conflicts/lock", 0));
                ask("POST /conflicts/rollback", post("/conflicts/rollback", 0));
            }
            case JOOQ_DSL -> ask("GET /dialect", application.request("/dialect"));
            case QUARTZ_STORE -> put("job", this::jobRuns);
            case SESSION_JDBC -> visits();
            case METHOD_SECURITY -> {
                ask("GET /secret by a stranger", application.request("/secret"));
                ask("GET /secret by a reader", as("reader"));
                ask("GET /secret by an admin", as("admin"));
            }
            case VIRTUAL_THREADS, JETTY_SERVER -> answers.put("failed of 300 at once", String.valueOf(failedOf(300)));
            default -> {}
        }
        if (application.kind() != Kind.WEB_FLUX) {
            ask("GET /hundredth", application.request("/hundredth"));
            ask("POST /length, 1.5 MB", post("/length", 1_500_000));
        }
    }

    private String jobRuns() throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            if (!Running.send(application.request("/runs")).body().equals("0")) {
                return "runs";
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return "does not run";
    }

    private void visits() throws IOException, InterruptedException {
        HttpResponse<String> first = Running.send(application.request("/visits"));
        String cookie = first.headers().firstValue("Set-Cookie").orElse("none").split(";")[0];
        ask("GET /visits, the second time", application.request("/visits").header("Cookie", cookie));
    }

    private HttpRequest.Builder as(String user) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return application.request("/secret").header("Authorization", "Basic " + pair);
    }

    private HttpRequest.Builder post(String path, int bytes) {
        return application
                .request(path)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]));
    }

    private void ask(String question, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = Running.send(request);
        Set<String> headers = new TreeSet<>(answer.headers().map().keySet());
        headers.removeAll(HEADERS_OF_THE_CONNECTION);
        answers.put(question, answer.statusCode() + " " + steady(answer.body()) + " " + headers);
    }

    /** Without what differs from one request to the next. */
    private static String steady(String body) {
        return body.replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":…")
                .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":…")
                .replaceAll("\\[[0-9a-f]+-\\d+\\]", "[…]")
                .replaceAll("<div id='created'>[^<]*</div>", "");
    }

    private int failedOf(int requests) {
        List<CompletableFuture<Integer>> all = IntStream.range(0, requests)
                .mapToObj(number -> application.begin("/things"))
                .toList();
        return (int) all.stream().filter(one -> one.join() != 200).count();
    }
}
