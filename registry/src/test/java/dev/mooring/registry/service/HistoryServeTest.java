package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run of the service reports what an earlier run on the same database saw. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HistoryServeTest {
    private static final String HISTORY = "/health/history?dependency=database";
    private static TestPostgres postgres;

    @BeforeAll
    static void startServer() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @BeforeEach
    void forget() throws Exception {
        try (Connection connection = postgres.admin().dataSource("mlflow_db").getConnection();
                ResultSet there = connection
                        .createStatement()
                        .executeQuery("select to_regclass('mooring.state_change') is not null")) {
            there.next();
            if (there.getBoolean(1)) {
                connection.createStatement().execute("delete from mooring.state_change");
            }
        }
    }

    @Test
    @Tag("long")
    void history_survivesARestart_andTheTimeBetweenIsUnknown() throws Exception {
        Map<String, String> variables = variables();
        JsonNode before;
        try (Served first = Served.with(variables).awaitReady()) {
            await().until(() -> last(first).equals("up"));
            postgres.stop();
            await().atMost(Duration.ofSeconds(15)).until(() -> last(first).equals("down"));
            postgres.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> last(first).equals("up"));
            before = history(first);
            assertThat(first.stop()).isZero();
        }
        try (Served second = Served.with(variables).awaitReady()) {
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> statuses(history(second)).contains("down"));
            JsonNode after = history(second);

            List<String> expected = new ArrayList<>(statuses(before));
            expected.add("unknown");
            assertThat(statuses(after).subList(0, expected.size())).isEqualTo(expected);
            assertThat(after.at("/changes")
                            .get(expected.size() - 1)
                            .at("/cause")
                            .asString())
                    .startsWith("last heartbeat of ")
                    .endsWith(":" + variables.get("PORT"));
            assertThat(after.at("/availability/1h/share").asDouble())
                    .as("an outage in the first run")
                    .isBetween(0.01, 0.999);
            assertThat(after.at("/availability/1h/known_seconds").asDouble())
                    .isGreaterThan(before.at("/availability/1h/known_seconds").asDouble());
        }
    }

    @Test
    @Tag("long")
    void history_survivesAKill_upToTheLastRound_andIsTakenOverElsewhere() throws Exception {
        try (Served first = Served.with(variables()).awaitReady()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count("status_to = 'up' and seen_until > at + interval '5 s'") == 1);
            first.kill();
        }
        try (Served elsewhere = Served.with(variables()).awaitReady()) {
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> statuses(history(elsewhere)).contains("unknown"));
            assertThat(statuses(history(elsewhere)).subList(0, 2)).containsExactly("up", "unknown");
            assertThat(history(elsewhere).at("/changes/1/lasted_seconds").asDouble())
                    .as("the time between its first and last heartbeat")
                    .isGreaterThan(5);
        }
    }

    @Test
    @Tag("long")
    void history_ofAFrozenDatabase_isToldFromMemoryAndWrittenAfterwards() throws Exception {
        Map<String, String> variables = variables();
        variables.put("HEALTH_CHECK_TIMEOUT", "2");
        try (Served service = Served.with(variables).awaitReady()) {
            await().until(() -> count("status_to = 'up'") == 1);
            postgres.freeze();
            try {
                await().atMost(Duration.ofSeconds(10)).until(() -> last(service).equals("down"));
                long asked = System.nanoTime();
                history(service);
                Served.measured("/health/history, database frozen", Served.since(asked), "500 ms");
                assertThat(Served.since(asked)).isLessThan(Duration.ofMillis(500));
            } finally {
                postgres.thaw();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> count("status_to = 'down' and failure_kind is not null") == 1);
        }
    }

    private static String last(Served service) throws Exception {
        List<String> statuses = statuses(history(service));
        return statuses.isEmpty() ? "" : statuses.get(statuses.size() - 1);
    }

    private static List<String> statuses(JsonNode history) {
        List<String> all = new ArrayList<>();
        history.at("/changes").forEach(change -> all.add(change.get("to").asString()));
        return all;
    }

    private static JsonNode history(Served service) throws Exception {
        String body = service.get(HISTORY, "X-API-Key", Served.ADMIN_KEY).body();
        return JsonMapper.shared().readTree(body);
    }

    private static int count(String condition) throws Exception {
        try (Connection connection = postgres.admin().dataSource("mlflow_db").getConnection();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from mooring.state_change where dependency = 'database' and "
                                + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = Served.variablesOf(postgres);
        variables.put("PORT", String.valueOf(FreePort.choose()));
        return variables;
    }
}
