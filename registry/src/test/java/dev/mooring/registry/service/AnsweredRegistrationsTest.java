package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients register without a pause and repeat each request until it is answered, while the test kills service and database. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnsweredRegistrationsTest {
    private static final int CLIENTS = 4;
    private static final int ANSWERS_BETWEEN_KILLS = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path home;

    private final int port = FreePort.choose();
    private final Map<String, Set<String>> idsByKey = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    /** Written by the test's thread, read by the clients. */
    private volatile boolean enough;

    /** The service that clients call now; written by the test's thread. */
    private volatile Served service;

    @AfterEach
    void endServerThatWasLeftBehind() throws IOException {
        ProcessHandle.of(serverPid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void everyAnsweredRegistration_isThereOnce_whateverWasKilled() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        service = serve();
        try {
            service.awaitReady();
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String name = "client-" + client;
                clients.add(threads.submit(() -> registerUntilEnough(name)));
            }
            awaitMoreAnswers();
            service.kill();
            service = serve();
            awaitMoreAnswers();
            ProcessHandle.of(serverPid()).orElseThrow().destroyForcibly();
            awaitMoreAnswers();
            enough = true;
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }

            List<JsonNode> versions = versions();
            System.out.println("answered " + idsByKey.size() + " registrations, kept " + versions.size()
                    + ", answers by status (0: no answer) " + statuses);
            assertThat(idsByKey.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
            assertThat(versions.stream().map(v -> v.path("registration_id").asString()))
                    .containsExactlyInAnyOrderElementsOf(
                            idsByKey.values().stream().flatMap(Set::stream).toList());
            assertThat(versions.stream().map(v -> v.path("version").asLong()).sorted())
                    .isEqualTo(
                            LongStream.rangeClosed(1, versions.size()).boxed().toList());
            assertThat(statuses).containsOnlyKeys(0, 201, 503);
        } finally {
            enough = true;
            threads.shutdownNow();
            service.close();
        }
    }

    private Served serve() {
        return Served.with(Map.of("MOORING_HOME", home.toString(), "PORT", String.valueOf(port)));
    }

    private void awaitMoreAnswers() {
        int more = idsByKey.size() + ANSWERS_BETWEEN_KILLS;
        await().atMost(Duration.ofSeconds(60)).until(() -> idsByKey.size() >= more);
    }

    private void registerUntilEnough(String client) {
        for (int number = 0; !enough; number++) {
            String key = client + "-" + number;
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> registered(key));
        }
    }

    private boolean registered(String key) {
        int status = 0;
        try {
            HttpResponse<String> answer = service.post(
                    "/models/register",
                    "{\"name\":\"kept\",\"source\":\"s3://kept/" + key + "\"}",
                    "Idempotency-Key",
                    key);
            status = answer.statusCode();
            if (status == 201) {
                idsByKey.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                        .add(JSON.readTree(answer.body())
                                .path("registration_id")
                                .asString());
            }
        } catch (IOException nobodyThere) {
            // Counted as 0 and tried again.
        }
        statuses.merge(status, 1, Integer::sum);
        return status == 201;
    }

    private List<JsonNode> versions() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    JSON.readTree(service.get("/models/kept/versions" + next).body());
            page.path("versions").forEach(all::add);
            next = page.has("next_page_token")
                    ? "?page_token=" + page.path("next_page_token").asString()
                    : "";
        } while (!next.isEmpty());
        return all;
    }

    private static long serverPid() throws IOException {
        Path file = home.resolve("postgres").resolve("postmaster.pid");
        return Files.exists(file)
                ? Long.parseLong(Files.readAllLines(file).get(0).strip())
                : Long.MAX_VALUE;
    }
}
