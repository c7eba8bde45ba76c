package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The test freezes and kills a real database under a service whose request threads all wait for it; metrics report the outage. */
@Tag("long")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutageMetricsTest {
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(3);
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";
    /** As many as there are places for requests, and more. */
    private static final int CALLERS = 60;

    @Test
    void outages_frozenAndKilled_areToldByMetricsThatAnswerMeanwhile() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (TestPostgres postgres = TestPostgres.started();
                Served service = serve(postgres).awaitReady()) {
            IntStream.range(0, 50).forEach(warmUp -> scrape(service));
            Exposition before = scrape(service);

            postgres.freeze();
            List<Duration> answers = new ArrayList<>();
            IntStream.range(0, 300).forEach(call -> callers.execute(() -> register(service)));
            while (up(scrapeMeasured(service, answers)) == 1 || answers.size() < 100) {
                assertThat(answers.size())
                        .as("scrapes until the metrics reported the outage")
                        .isLessThan(20_000);
            }
            Exposition frozen = scrape(service);
            postgres.thaw();
            long thawed = System.nanoTime();
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            scrape(service).value("mooring_recovery_seconds_count", "dependency", "database") == 1);
            Duration untilTold = Served.since(thawed);

            postgres.kill();
            await().atMost(Duration.ofSeconds(10)).until(() -> up(scrape(service)) == 0);
            assertThat(service.post("/models/register", MODEL).statusCode()).isEqualTo(503);
            postgres.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            scrape(service).value("mooring_recovery_seconds_count", "dependency", "database") == 2);
            Exposition after = scrape(service);

            assertQuick(answers);
            assertFreezeIsTold(frozen);
            Served.measured("thawed until metrics tell the recovery", untilTold, "3500 ms");
            assertBothAreTold(after);
            assertTimesAddUp(before, after);
        } finally {
            callers.shutdownNow();
        }
    }

    private static void assertQuick(List<Duration> answers) {
        List<Duration> sorted = answers.stream().sorted().toList();
        Duration most = sorted.get(sorted.size() * 95 / 100);
        Served.measured("/metrics, longest of " + sorted.size(), sorted.get(sorted.size() - 1), "not bounded");
        Served.measured("/metrics while all requests hang, 95th percentile", most, "500 ms");
        assertThat(most).isLessThan(Duration.ofMillis(500));
    }

    private static void assertFreezeIsTold(Exposition frozen) {
        assertThat(frozen.value("mooring_dependency_status", "dependency", "database", "status", "down"))
                .isOne();
        assertThat(frozen.value("mooring_breaker_state", "dependency", "database", "state", "open"))
                .isOne();
        assertThat(frozen.value("mooring_detection_seconds_count", "dependency", "database"))
                .isOne();
        double detection = frozen.value("mooring_detection_seconds_sum", "dependency", "database");
        Served.measured("detection of the freeze as told", Duration.ofMillis((long) (detection * 1e3)), "3500 ms");
        assertThat(detection).isBetween(CHECK_TIMEOUT.toMillis() / 1e3, CHECK_TIMEOUT.toMillis() / 1e3 + 0.6);
        assertThat(moves(frozen, "closed", "open", "silence")).isOne();
    }

    private static void assertBothAreTold(Exposition after) {
        assertThat(moves(after, "closed", "open", "silence")).isOne();
        assertThat(after.sum("mooring_breaker_transitions_total", "to", "open")).isGreaterThanOrEqualTo(2);
        assertThat(after.sum("mooring_breaker_transitions_total", "to", "recovering"))
                .isGreaterThanOrEqualTo(2);
        assertThat(moves(after, "recovering", "closed", "enough_successes")).isEqualTo(2);
        assertThat(after.value("mooring_detection_seconds_count", "dependency", "database"))
                .isEqualTo(2);
        assertThat(after.value("mooring_recovery_seconds_sum", "dependency", "database"))
                .isBetween(0.1, 25.0);
        assertThat(after.sum("mooring_connection_attempts_total", "outcome", "failure"))
                .isPositive();
        assertThat(after.sum("mooring_probe_seconds_count", "outcome", "failure"))
                .isPositive();
        assertThat(after.sum("mooring_calls_total", "dependency", "database"))
                .isPositive()
                .isEqualTo(after.value("mooring_call_seconds_count", "dependency", "database"));
        assertThat(after.value("mooring_breaker_refused_total", "dependency", "database"))
                .isPositive();
    }

    private static void assertTimesAddUp(Exposition before, Exposition after) {
        double passed = after.value("process_uptime_seconds") - before.value("process_uptime_seconds");
        for (String meter : List.of("mooring_dependency_seconds_total", "mooring_breaker_seconds_total")) {
            double told = after.sum(meter, "dependency", "database") - before.sum(meter, "dependency", "database");
            assertThat(told).as("%s over %.1f s of uptime", meter, passed).isCloseTo(passed, within(0.2));
        }
    }

    private static double moves(Exposition metrics, String from, String to, String cause) {
        return metrics.value(
                "mooring_breaker_transitions_total", "dependency", "database", "from", from, "to", to, "cause", cause);
    }

    private static double up(Exposition metrics) {
        return metrics.value("mooring_dependency_up", "dependency", "database", "critical", "true");
    }

    private static void register(Served service) {
        try {
            service.post("/models/register", MODEL);
        } catch (IOException late) {
            // The test expects that some calls hang.
        }
    }

    private static Exposition scrapeMeasured(Served service, List<Duration> answers) {
        long begun = System.nanoTime();
        Exposition metrics = scrape(service);
        answers.add(Served.since(begun));
        return metrics;
    }

    private static Exposition scrape(Served service) {
        try {
            return new Exposition(service.get("/metrics").body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Served serve(TestPostgres postgres) throws Exception {
        postgres.admin().createDatabase("mlflow_db");
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("HEALTH_CHECK_TIMEOUT", CHECK_TIMEOUT.toSeconds() + "s");
        variables.put("AUTH_ENABLED", "false");
        variables.put("METRICS_PUBLIC", "true");
        // 18 places for requests, so that our callers fill them all.
        variables.put("SERVER_TOMCAT_THREADS_MAX", "36");
        return Served.with(variables);
    }
}
