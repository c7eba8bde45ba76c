package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that have their connection when the database server freezes. */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallsInFlightServeTest {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofMillis(500);

    @Test
    void callsInFlight_whenTheServerFreezes_endWithTheTimeOfTheirRequest() throws Exception {
        try (TestPostgres server = TestPostgres.builder().tls().start()) {
            server.admin().createDatabase("mlflow_db");
            Map<String, String> variables = Served.variablesOf(server);
            // The JDK's TLS waits once more for a server that is silent, when a socket closes.
            variables.put("DATABASE_SSLMODE", "require");
            try (Served service = Served.with(variables).awaitReady()) {
                await().until(() -> service.post("/models/register", body(0), "X-API-Key", Served.ADMIN_KEY)
                                .statusCode()
                        == 201);
                List<Call> calls = callsWhile(service, () -> {
                    server.freeze();
                    await().atMost(Duration.ofSeconds(20)).until(() -> service.status("/health/ready") == 503);
                });

                List<Call> slow = calls.stream()
                        .filter(call -> call.took().compareTo(Duration.ofSeconds(3)) > 0)
                        .toList();
                slow.forEach(System.out::println);
                assertThat(slow).isNotEmpty();
                assertThat(slow).allSatisfy(call -> assertThat(call.took()).isLessThan(REQUEST_TIMEOUT.plus(MARGIN)));
                server.thaw();
                service.awaitReady();
            }
        }
    }

    private record Call(String what, Duration took, String answer) {}

    private static List<Call> callsWhile(Served service, Act act) throws Exception {
        List<Call> calls = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = IntStream.range(0, 12)
                .mapToObj(number -> new Thread(() -> {
                    while (!over.get()) {
                        calls.add(call(service, number));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        try {
            await().until(() -> calls.size() > 300);
            act.run();
        } finally {
            over.set(true);
            for (Thread one : threads) {
                one.join();
            }
        }
        return calls;
    }

    private static Call call(Served service, int number) {
        long begun = System.nanoTime();
        String what = number % 2 == 0 ? "read" : "write";
        try {
            HttpResponse<String> answer = number % 2 == 0
                    ? service.get("/models", "X-API-Key", Served.ADMIN_KEY)
                    : service.post("/models/register", body(number), "X-API-Key", Served.ADMIN_KEY);
            return new Call(what, Served.since(begun), answer.statusCode() + " " + answer.body());
        } catch (IOException cut) {
            return new Call(what, Served.since(begun), cut.toString());
        }
    }

    private static String body(int number) {
        return "{\"name\":\"frozen-" + number + "\",\"source\":\"s3://models/churn/7\"}";
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }
}
