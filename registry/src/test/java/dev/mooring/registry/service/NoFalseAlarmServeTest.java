package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Health reports no outage where there is none, and the breaker does not move. The test reads health all the time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoFalseAlarmServeTest {
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);
    /** Longer than the check timeout, and than the time after which readers doubt an old report (3 s, and 6 s for readiness). */
    private static final Duration PAUSE = Duration.ofSeconds(7);

    private static final int CLIENTS = 2;
    private static final int POOL = 4;
    private static final int CALLERS = 20;

    private static TestPostgres postgres;
    private static FaultProxy proxy;
    private static Served service;

    private final Map<Integer, Long> statuses = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private HealthPoll poll;
    private JsonNode breakerBefore;

    @BeforeAll
    static void serve() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        proxy = FaultProxy.to(postgres.host(), postgres.port());
        service = Served.with(Map.of(
                "DATABASE_HOST", proxy.host(),
                "DATABASE_PORT", String.valueOf(proxy.port()),
                "DATABASE_USER", postgres.admin().user(),
                "DATABASE_PASSWORD", postgres.admin().password(),
                "DATABASE_POOL_MAX", String.valueOf(POOL),
                "BIND_ADDRESS", "127.0.0.1",
                "AUTH_ENABLED", "false",
                "HEALTH_CHECK_TIMEOUT", CHECK_TIMEOUT.toSeconds() + "s",
                "REQUEST_TIMEOUT", "2s"));
        service.awaitReady();
    }

    @AfterAll
    static void end() {
        service.close();
        proxy.close();
        postgres.close();
    }

    @BeforeEach
    void beginToAsk() throws IOException {
        service.awaitReady();
        breakerBefore = breaker();
        assertThat(breakerBefore.path("state").asString()).isEqualTo("closed");
        poll = HealthPoll.of(service);
    }

    @AfterEach
    void endClients() throws InterruptedException {
        poll.close();
        clients.shutdown();
        assertThat(clients.awaitTermination(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void processThatStoodStill_longerThanTheCheckTimeout_isNoOutage() throws Exception {
        await().until(() -> poll.count() > 0);
        service.process().signal(Signal.STOP);
        try {
            awaitTime(PAUSE);
        } finally {
            service.process().signal(Signal.CONT);
        }
        long before = poll.count();
        awaitTime(CHECK_TIMEOUT.plusSeconds(1));

        assertThat(poll.count()).as("answers after the pause").isGreaterThan(before + 10);
        assertNoAlarm();
    }

    @Test
    void latencyOf300Milliseconds_isNoOutage() throws Exception {
        clientsCallAllTheTime();
        proxy.inject(Fault.latency(Duration.ofMillis(150)));
        try {
            awaitTime(CHECK_TIMEOUT.plusSeconds(1));
        } finally {
            proxy.heal();
        }

        assertNoAlarm();
    }

    @Test
    void resetsOfAllConnections_areNoOutage() throws Exception {
        clientsCallAllTheTime();
        for (int time = 0; time < 3; time++) {
            assertThat(proxy.resetAll()).as("connections").isPositive();
            await().atMost(Duration.ofSeconds(5)).until(() -> service.status("/models") == 200);
        }
        awaitTime(CHECK_TIMEOUT);

        assertNoAlarm();
    }

    @Test
    void callsHeldUpByALock_fillThePoolAndAreNoOutage() throws Exception {
        assertThat(register("held")).isEqualTo(201);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Connection locking = postgres.admin().connect("mlflow_db");
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("lock table mooring.model in access exclusive mode");
            List<Future<Integer>> held = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                held.add(callers.submit(this::registerUntilThePoolIsToldFull));
            }
            for (Future<Integer> call : held) {
                assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(503);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(register("held")).isEqualTo(201);
        assertNoAlarm();
    }

    /** The first caller gives up after the acquire timeout; on a busy machine the others may be late by then. */
    private int registerUntilThePoolIsToldFull() {
        int status;
        do {
            status = register("held");
        } while (status == 503 && !poll.answers().containsKey("200 degraded"));
        return status;
    }

    private void assertNoAlarm() throws Exception {
        poll.close();
        System.out.println("health was answered " + poll.answers() + ", calls by status " + statuses);
        assertThat(poll.answers().keySet()).isSubsetOf("200 healthy", "200 degraded");
        JsonNode now = breaker();
        assertThat(now.path("state")).isEqualTo(breakerBefore.path("state"));
        assertThat(now.path("since")).isEqualTo(breakerBefore.path("since"));
    }

    private static JsonNode breaker() throws IOException {
        return JsonMapper.shared()
                .readTree(service.get("/health/detailed").body())
                .path("breakers")
                .path("database");
    }

    /** Each registers a version and reads it back, some ten times a second, until the test ends. */
    private void clientsCallAllTheTime() {
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            clients.scheduleWithFixedDelay(() -> registerAndRead(name), 0, 100, TimeUnit.MILLISECONDS);
        }
    }

    private void registerAndRead(String name) {
        count(register(name));
        count(service.status("/models/" + name));
        count(service.status("/models/" + name + "/versions?limit=10"));
    }

    private void count(int status) {
        statuses.merge(status, 1L, Long::sum);
    }

    private static int register(String name) {
        try {
            return service.post("/models/register", "{\"name\":\"" + name + "\",\"source\":\"s3://models/1\"}")
                    .statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    /** Returns when this much time has passed. */
    private static void awaitTime(Duration passes) {
        long begun = System.nanoTime();
        await().atMost(passes.plusSeconds(5)).until(() -> Served.since(begun).compareTo(passes) >= 0);
    }
}
