package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients ask for the largest answers and send the largest bodies that the service takes, many at a time, while its heap has 512 MB. Requests
 * that find no room are refused with 503; the process never runs out of memory. The attack lasts 4 s, with {@code -Dmooring.siege=PT15S}
 * longer.
 */
@Tag("long")
@Tag("alone")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryServeTest {
    private static final Duration LASTS = Duration.parse(System.getProperty("mooring.siege", "PT4S"));
    private static final Duration HEALTH_WITHIN = Duration.ofMillis(500);
    private static final Duration AS_BEFORE = Duration.ofSeconds(6);
    private static final String MLFLOW = "/api/2.0/mlflow/";

    private static TestPostgres server;
    private static Served service;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<String> slow = new ConcurrentLinkedQueue<>();
    /** The thread that asks for health writes them, and ends before the test reads them. */
    private int asked;

    private long slowest;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("mlflow_db");
        Map<String, String> variables = Served.variablesOf(server);
        variables.put("AUTH_ENABLED", "false");
        variables.put("JAVA_TOOL_OPTIONS", "-Xmx512m");
        service = Served.with(variables).awaitReady();
        assertThat(service.post("/models/register", largest("big")).statusCode())
                .isEqualTo(201);
        // The same as 99 more such calls.
        server.admin().ask("mlflow_db", """
                with more as (
                  insert into mooring.model_version (origin, model, version, source, tags, metrics, registered_by)
                  select v.origin, v.model, i, v.source, v.tags, v.metrics, v.registered_by
                  from mooring.model_version v, generate_series(2, 100) as i returning version
                ), counted as (update mooring.model set last_version = 100)
                select count(*) from more""");
    }

    @AfterAll
    static void end() {
        service.close();
        server.close();
    }

    /** A valid registration of almost a megabyte. */
    private static String largest(String name) {
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < 950; i++) {
            metrics.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\uD83D\uDEA2".repeat(245))
                    .append("\":1");
        }
        return "{\"name\":\"" + name + "\",\"source\":\"s3://b/p\",\"metrics\":{" + metrics + "}}";
    }

    @Test
    void largestAnswersAndBodies_manyAtATime_neverFillTheMemory_andHealthAnswers() throws Exception {
        byte[] wide = post(
                "/models/register",
                "{\"name\":\"a\",\"source\":\"s3://b/p\",\"tags\":[" + "{},".repeat(330_000) + "{}]}");
        byte[] wideToo = post(
                MLFLOW + "registered-models/create", "{\"name\":\"a\",\"tags\":[" + "[],".repeat(330_000) + "[]]}");
        byte[] largest = post("/models/register", largest("new"));
        byte[] versions = get("/models/big/versions");
        byte[] search = get(MLFLOW + "model-versions/search?filter=name%3D%27big%27");
        List<Attack> attacks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            attacks.add(() -> call(versions));
        }
        for (int i = 0; i < 4; i++) {
            attacks.add(() -> call(search));
            attacks.add(() -> call(wide));
            attacks.add(() -> call(wideToo));
            attacks.add(() -> call(largest));
        }
        ExecutorService threads = Executors.newFixedThreadPool(attacks.size() + 1);
        attacks.forEach(attack -> threads.execute(() -> repeat(attack)));
        threads.execute(this::probe);
        long begun = System.nanoTime();
        while (Served.since(begun).compareTo(LASTS) < 0 && service.process().isAlive()) {
            assertThat(threads.awaitTermination(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        over.set(true);
        long ended = System.nanoTime();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(service.process().isAlive()).as("the process lives").isTrue();
        assertThat(service.process().lines()).noneMatch(line -> line.contains("OutOfMemoryError"));
        System.out.println("measured answers: " + statuses.size() + ", of which refused: "
                + statuses.stream().filter(status -> status == 503).count());
        System.out.println("measured slowest of " + asked + " health answers while the memory is full: " + slowest
                + " ms (at most " + HEALTH_WITHIN.toMillis() + " ms)");
        assertThat(slow).as("late or missing answers of health").isEmpty();
        assertThat(statuses).contains(200, 201).doesNotContain(500);
        for (byte[] request : List.of(versions, search, largest, get("/health/ready"))) {
            await("as before").atMost(AS_BEFORE.minus(Served.since(ended))).until(() -> call(request) / 100 == 2);
        }
        System.out.println("measured as before: " + Served.since(ended).toMillis() + " ms after the attack (at most "
                + AS_BEFORE.toMillis() + " ms)");
        long made = statuses.stream().filter(status -> status == 201).count();
        String newest = JsonMapper.shared()
                .readTree(service.get("/models/new").body())
                .path("latest_version")
                .asString();
        assertThat(Long.parseLong(newest)).as("nothing acknowledged is lost").isGreaterThanOrEqualTo(made);
    }

    @FunctionalInterface
    private interface Attack {
        int strike() throws IOException;
    }

    private void repeat(Attack attack) {
        while (!over.get()) {
            try {
                statuses.add(attack.strike());
            } catch (IOException closed) {
                statuses.add(0);
            }
        }
    }

    private void probe() {
        byte[] live = get("/health/live");
        byte[] ready = get("/health/ready");
        for (boolean turn = true; !over.get(); turn = !turn) {
            long begun = System.nanoTime();
            int status;
            try {
                status = call(turn ? live : ready);
            } catch (IOException none) {
                status = 0;
            }
            asked++;
            slowest = Math.max(slowest, Served.since(begun).toMillis());
            if (status != 200 || Served.since(begun).compareTo(HEALTH_WITHIN) > 0) {
                slow.add(status + " after " + Served.since(begun).toMillis() + " ms");
            }
        }
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] post(String path, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return ("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The status of a call, whose answer is read to its end and not kept; 0 if there is none. */
    private static int call(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            byte[] begin = socket.getInputStream().readNBytes(12);
            socket.getInputStream().skip(Long.MAX_VALUE);
            return begin.length < 12 ? 0 : RawCall.status(new String(begin, StandardCharsets.US_ASCII));
        }
    }
}
