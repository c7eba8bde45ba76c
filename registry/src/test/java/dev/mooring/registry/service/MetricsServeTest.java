package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code GET /metrics}: its meters, its forms and its access; and the reference page has the same meters. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsServeTest {
    /** The meters that the contract promises and that exist so far. */
    private static final Map<String, List<String>> PROMISED = Map.ofEntries(
            Map.entry("mooring_dependency_up", List.of("dependency", "critical")),
            Map.entry("mooring_dependency_status", List.of("dependency", "status")),
            Map.entry("mooring_dependency_seconds_total", List.of("dependency", "status")),
            Map.entry("mooring_breaker_seconds_total", List.of("dependency", "state")),
            Map.entry("mooring_breaker_last_transition_timestamp_seconds", List.of("dependency")),
            Map.entry("mooring_retries_total", List.of("dependency", "outcome")),
            Map.entry("mooring_probe_seconds", List.of("dependency", "outcome")),
            Map.entry("mooring_detection_seconds", List.of("dependency")),
            Map.entry("mooring_recovery_seconds", List.of("dependency")),
            Map.entry("mooring_connection_attempts_total", List.of("dependency", "outcome", "kind")),
            Map.entry("mooring_calls_total", List.of("dependency", "outcome", "kind")),
            Map.entry("mooring_call_seconds", List.of("dependency")),
            Map.entry("mooring_breaker_state", List.of("dependency", "state")),
            Map.entry("mooring_breaker_transitions_total", List.of("dependency", "from", "to", "cause")),
            Map.entry("mooring_breaker_refused_total", List.of("dependency")),
            Map.entry("mooring_retry_budget_exhausted_total", List.of("dependency")),
            Map.entry("mooring_registrations_total", List.of("status")),
            Map.entry("mooring_build_info", List.of("version", "commit", "jdk")));

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(?<name>\\w+)` \\| (?<type>\\w+) \\| (?<labels>[^|]*) \\|.*$");
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";

    private static TestPostgres postgres;
    private static Served service;

    @BeforeAll
    static void startService() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        service = Served.with(Served.variablesOf(postgres)).awaitReady();
    }

    @AfterAll
    static void endService() {
        service.close();
        postgres.close();
    }

    @Test
    void metrics_ofTheContract_areThereWithTheirLabelsFromTheStart() throws Exception {
        Map<String, Set<String>> told = new TreeMap<>();
        scrape().families().forEach((name, family) -> told.put(name, labels(family)));
        Map<String, Set<String>> promised = new TreeMap<>();
        PROMISED.forEach((name, labels) -> promised.put(name, new TreeSet<>(labels)));

        assertThat(told).containsAllEntriesOf(promised);
        assertThat(told.keySet()).contains("hikaricp_connections_active", "hikaricp_connections_pending");
        assertThat(told.keySet()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
        assertThat(told.keySet()).doesNotContain("disk_free_bytes");
    }

    @Test
    void referencePage_listsExactlyTheMetersThatExist() throws Exception {
        String page = Files.readString(Path.of("../docs/reference/metrics.md"));
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(page)
                .results()
                .forEach(hit -> rows.put(
                        hit.group(1),
                        hit.group(2) + " "
                                + Arrays.stream(hit.group(3).split("[`, ]+"))
                                        .filter(label -> !label.isEmpty())
                                        .sorted()
                                        .collect(Collectors.joining(" "))));
        Map<String, String> live = new TreeMap<>();
        scrape().families().forEach((name, family) -> {
            if (name.startsWith("mooring_") && !name.endsWith("_seconds_max")) {
                live.put(name, family.type() + " " + String.join(" ", labels(family)));
            }
        });

        Set<String> onlyWithAQueue = new TreeSet<>(rows.keySet());
        onlyWithAQueue.removeAll(live.keySet());
        assertThat(onlyWithAQueue)
                .as("what is there only while messages go to another system")
                .isSubsetOf(
                        "mooring_dead_letters",
                        "mooring_deliveries_total",
                        "mooring_outbox_oldest_seconds",
                        "mooring_outbox_pending");
        rows.keySet().removeAll(onlyWithAQueue);
        assertThat(rows).isEqualTo(live);
    }

    @Test
    void requestsAndRegistrations_areCounted() throws Exception {
        double before = scrape().value("mooring_registrations_total", "status", "registered");
        assertThat(service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY, "Idempotency-Key", "once")
                        .statusCode())
                .isEqualTo(201);
        service.post("/models/register", MODEL, "X-API-Key", Served.ADMIN_KEY, "Idempotency-Key", "once");

        Exposition after = scrape();

        assertThat(after.value("mooring_registrations_total", "status", "registered") - before)
                .isOne();
        assertThat(after.sum("http_server_requests_seconds_count", "uri", "/models/register"))
                .isGreaterThanOrEqualTo(2);
        // Calls of relays end while the metrics are read.
        await().untilAsserted(() -> {
            Exposition still = scrape();
            assertThat(still.value(
                            "mooring_calls_total", "dependency", "database", "outcome", "success", "kind", "none"))
                    .isGreaterThanOrEqualTo(2)
                    .isCloseTo(still.value("mooring_call_seconds_count", "dependency", "database"), within(4.0));
        });
        assertThat(after.value("hikaricp_connections_max", "pool", "mooring-database"))
                .isEqualTo(20);
    }

    @Test
    void health_isNotMeasuredAsARequest() throws Exception {
        for (int i = 0; i < 10; i++) {
            service.get("/health");
        }
        assertThat(scrape().sum("http_server_requests_seconds_count", "uri", "UNKNOWN"))
                .as("requests that met no handler")
                .isZero();
    }

    @Test
    void form_isWhatTheClientAccepts() throws Exception {
        String prometheus = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

        assertThat(contentType(get("Accept", prometheus))).startsWith("application/openmetrics-text;version=1.0.0");
        assertThat(get("Accept", prometheus).body()).endsWith("# EOF\n");
        assertThat(contentType(get())).startsWith("text/plain;version=0.0.4");
        assertThat(contentType(get("Accept", "text/html"))).startsWith("text/plain;version=0.0.4");
    }

    @Test
    @Tag("long")
    void callers_withoutAKey_areRefusedUnlessMetricsArePublic() throws Exception {
        assertThat(service.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(service.get("/metrics", "X-API-Key", "wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> posted = service.post("/metrics", "{}", "X-API-Key", Served.ADMIN_KEY);
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");

        Map<String, String> open = Served.variablesOf(postgres);
        open.put("METRICS_PUBLIC", "true");
        try (Served other = Served.with(open).awaitLive()) {
            assertThat(other.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(other.get("/health/detailed").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void actuator_isNotThere() throws Exception {
        assertThat(service.get("/actuator", "X-API-Key", Served.ADMIN_KEY).statusCode())
                .isEqualTo(404);
    }

    private static Set<String> labels(Exposition.Family family) {
        Set<String> labels = new TreeSet<>(family.labels());
        labels.remove("le");
        return labels;
    }

    private static String contentType(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Content-Type").orElseThrow().replace(" ", "");
    }

    private static Exposition scrape() throws Exception {
        return new Exposition(get().body());
    }

    private static HttpResponse<String> get(String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "X-API-Key";
        all[headers.length + 1] = Served.ADMIN_KEY;
        return service.get("/metrics", all);
    }
}
