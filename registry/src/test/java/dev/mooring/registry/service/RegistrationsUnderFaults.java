package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.load.SteadyLoad;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service with an MLflow server behind it under 20 registrations a second, of which the test kills the service and breaks MLflow. It
 * notes which registrations were acknowledged, the answers of health, and how long other calls took.
 */
final class RegistrationsUnderFaults implements AutoCloseable {
    static final int PER_SECOND = 20;
    private static final int MODELS = 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestPostgres server;
    private final Map<String, String> variables;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> otherCalls = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, Long> healthAnswers = new TreeMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final SteadyLoad load;

    /** The service that clients call now; written by the test's thread. */
    private volatile Served service;

    private HealthPoll health;

    RegistrationsUnderFaults(TestPostgres server, Map<String, String> variables) {
        this.server = server;
        this.variables = variables;
        service = Served.with(variables);
        service.awaitReady();
        health = HealthPoll.of(service);
        load = SteadyLoad.of(PER_SECOND, this::registerOne);
    }

    private Void registerOne() throws IOException {
        int mine = number.incrementAndGet();
        try {
            HttpResponse<String> answer = service.post(
                    "/models/register",
                    "{\"name\":\"model-" + mine % MODELS + "\",\"source\":\"s3://models/" + mine + "\"}");
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() == 201 || answer.statusCode() == 202) {
                String id = JSON.readTree(answer.body()).path("registration_id").asString();
                acknowledged.add(id);
                readOne(id);
            }
        } catch (IOException killed) {
            statuses.merge(0, 1, Integer::sum);
        }
        return null;
    }

    /** A call that has nothing to do with MLflow. */
    private void readOne(String id) throws IOException {
        long begun = System.nanoTime();
        assertThat(service.get("/registrations/" + id).statusCode()).isEqualTo(200);
        otherCalls.add(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Lets the load go on for that long. */
    void goOn(Duration how) {
        int until = number.get() + Math.max(1, (int) (how.toMillis() * PER_SECOND / 1_000));
        await().atMost(how.multipliedBy(4).plusSeconds(10)).until(() -> number.get() >= until);
    }

    /** Kills the service with SIGKILL and starts it again. */
    void killAndRestart() throws InterruptedException {
        endHealth();
        service.kill();
        service = Served.with(variables);
        service.awaitReady();
        health = HealthPoll.of(service);
    }

    private void endHealth() throws InterruptedException {
        health.close();
        health.answers().forEach((answer, count) -> healthAnswers.merge(answer, count, Long::sum));
    }

    /** Ends the load; returns when MLflow has every accepted registration. */
    void finish(Duration atMost) throws Exception {
        load.stop();
        await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() -> waiting() == 0);
        endHealth();
    }

    /** How many accepted registrations MLflow does not have yet. */
    long waiting() throws SQLException {
        return Long.parseLong(server.admin()
                .ask(
                        variables.get("DATABASE_NAME"),
                        "select count(*) from mooring.registration left join mooring.registration_outcome o"
                                + " using (registration_id) where o.registration_id is null"));
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** The answers of health while the service was ready. */
    Map<String, Long> health() {
        return healthAnswers;
    }

    /** The time that this share of the other calls took at most. */
    Duration otherCalls(double share) {
        List<Duration> sorted = new ArrayList<>(otherCalls);
        sorted.sort(null);
        return sorted.get((int) (sorted.size() * share));
    }

    String figures() {
        return number + " registrations sent, " + acknowledged.size() + " acknowledged, answers by status (0: killed) "
                + statuses + ", health " + healthAnswers + ", other calls p50 "
                + otherCalls(0.5).toMillis() + " ms, p99 " + otherCalls(0.99).toMillis() + " ms";
    }

    @Override
    public void close() throws InterruptedException {
        load.close();
        health.close();
        service.close();
    }
}
