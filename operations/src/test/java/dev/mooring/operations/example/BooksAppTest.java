package dev.mooring.operations.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two instances of a service with operations, on one real PostgreSQL: each feature of operations works there as in the registry. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BooksAppTest {
    private static final String ADMIN = Instance.ADMIN_KEY;
    private static final String DATABASE = "books";
    private static final String BECAUSE = "{\"reason\":\"new ranking\"}";

    private static TestPostgres server;
    private static Instance one;
    private static Instance other;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase(DATABASE);
        one = Instance.on(server, DATABASE);
        other = Instance.on(server, DATABASE);
    }

    @AfterAll
    static void end() {
        other.close();
        one.close();
        server.close();
    }

    @AfterEach
    void reset() throws Exception {
        one.order("reset", "{\"reason\":\"end of the test\"}");
        other.awaitState("CLOSED");
    }

    @Test
    void order_givenToOneInstance_isObeyedByTheOther() throws Exception {
        JsonNode opened = one.order("open", "{\"reason\":\"new ranking\",\"expires_in\":\"30m\"}");

        assertThat(opened.path("state").asString()).isEqualTo("FORCED_OPEN");
        assertThat(opened.path("fleet").asBoolean()).isTrue();
        assertThat(opened.path("forced").path("actor").asString()).isEqualTo("admin");
        measured("forced open on the other instance", other.awaitState("FORCED_OPEN"));
        other.order("bypass", BECAUSE);
        measured("bypassed on the first instance", one.awaitState("BYPASSED"));
        one.order("close", BECAUSE);
        measured("closed on the other instance", other.awaitState("CLOSED"));
        one.order("open", BECAUSE);
        other.awaitState("FORCED_OPEN");
        other.order("reset", BECAUSE);
        measured("reset on the first instance", one.awaitState("CLOSED"));
    }

    @Test
    void orders_areInTheAudit_whichIsWhole() throws Exception {
        one.order("open", BECAUSE);
        one.order("close", BECAUSE);

        List<String> entries = new ArrayList<>();
        other.read("/ops/audit?limit=2&actor=admin")
                .path("entries")
                .forEach(entry -> entries.add(entry.path("action").asString() + " "
                        + entry.path("subject").asString() + ": "
                        + entry.path("reason").asString()));
        assertThat(entries).containsExactly("breaker.close ranking: new ranking", "breaker.open ranking: new ranking");
        JsonNode verification = other.read("/ops/audit/verification");
        assertThat(verification.path("intact").asBoolean()).isTrue();
        assertThat(verification.path("entries").asLong()).isGreaterThan(2);
    }

    @Test
    void dependency_diagnosedByName_isToldLayerByLayer_andAudited() throws Exception {
        HttpResponse<String> answer = one.post("/ops/diagnose/database", "", ADMIN);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode diagnosis = JsonMapper.shared().readTree(answer.body());
        assertThat(diagnosis.path("dependency").asString()).isEqualTo("database");
        assertThat(diagnosis.path("critical").asBoolean()).isTrue();
        List<String> layers = new ArrayList<>();
        diagnosis.path("layers").forEach(layer -> layers.add(layer.path("layer").asString()));
        assertThat(layers).containsExactly("name", "tcp", "tls", "log_in", "database", "query", "rights", "settings");
        assertThat(diagnosis.at("/layers/3/outcome").asString()).isEqualTo("passed");
        await().atMost(Instance.EVERYWHERE).until(() -> one.read("/ops/audit?limit=1&actor=admin")
                .at("/entries/0/action")
                .asString()
                .equals("dependency.diagnose"));
        HttpResponse<String> unknown = one.post("/ops/diagnose/nobody", "", ADMIN);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"dependency_not_found\"");
        HttpResponse<String> withoutWay = one.post("/ops/diagnose/ranking", "", ADMIN);
        assertThat(withoutWay.statusCode()).isEqualTo(404);
        assertThat(withoutWay.body()).contains("\"code\":\"examination_not_found\"");
        assertThat(one.post("/ops/diagnose/database", "", "").statusCode()).isEqualTo(401);
    }

    @Test
    void key_isMadeUsedAndRevoked() throws Exception {
        HttpResponse<String> made = one.post("/ops/keys", "{\"name\":\"reader\",\"scopes\":[\"books:read\"]}", ADMIN);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode key = JsonMapper.shared().readTree(made.body());
        String text = key.path("key").asString();
        String id = key.path("id").asString();

        assertThat(one.get("/books/first", text).body()).isEqualTo("Emma, for reader/" + id);
        await().atMost(Instance.EVERYWHERE)
                .until(() -> other.get("/books/first", text).statusCode() == 200);
        HttpResponse<String> refused = one.post("/books/Emma", "{}", text);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"scope_missing\"", "\"scope\":\"books:write\"");

        assertThat(one.delete("/ops/keys/" + id, ADMIN).statusCode()).isEqualTo(204);
        assertThat(one.get("/books/first", text).statusCode()).isEqualTo(401);
        await().atMost(Instance.EVERYWHERE)
                .until(() -> other.get("/books/first", text).statusCode() == 401);
        assertThat(one.read("/ops/audit?limit=1")
                        .path("entries")
                        .get(0)
                        .path("action")
                        .asString())
                .isEqualTo("key.revoke");
    }

    @Test
    void key_carriesOnlyScopesThatTheServiceHas() throws Exception {
        HttpResponse<String> refused =
                one.post("/ops/keys", "{\"name\":\"reader\",\"scopes\":[\"models:read\"]}", ADMIN);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("known are books:read, books:write, ops:read, ops:act");
    }

    @Test
    void callThatNoFeatureDeclares_isClosed() throws Exception {
        String everyScopeOfBooks = JsonMapper.shared()
                .readTree(one.post(
                                "/ops/keys",
                                "{\"name\":\"librarian\",\"scopes\":[\"books:read\",\"books:write\",\"ops:read\"]}",
                                ADMIN)
                        .body())
                .path("key")
                .asString();

        assertThat(one.post("/books/Emma", "{}", everyScopeOfBooks).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = one.get("/shelves", everyScopeOfBooks);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"scope\":\"ops:act\"");
        assertThat(one.get("/shelves", "").statusCode()).isEqualTo(401);
        assertThat(one.get("/shelves", ADMIN).body()).isEqualTo("one shelf");
    }

    @Test
    void actOfTheServiceItself_isInTheAuditUnderItsCaller() throws Exception {
        assertThat(one.post("/books/Persuasion", "{}", ADMIN).body()).startsWith("added, see entry ");

        JsonNode entry = other.read("/ops/audit?limit=1").path("entries").get(0);
        assertThat(entry.path("actor").asString()).isEqualTo("admin");
        assertThat(entry.path("action").asString()).isEqualTo("book.add");
        assertThat(entry.path("subject").asString()).isEqualTo("Persuasion");
    }

    @Test
    void pool_isGivenUpSoftly_callsInFlightFinish_andTheActIsInTheAudit() throws Exception {
        JsonNode shown = one.read("/ops/pools").path("pools").get(0);
        assertThat(shown.path("dependency").asString()).isEqualTo("database");
        assertThat(shown.path("max").asInt()).isEqualTo(20);
        assertThat(one.read("/health/detailed")
                        .path("pools")
                        .path("database")
                        .path("max")
                        .asInt())
                .isEqualTo(20);
        String process;
        try (Connection inUse = one.bean(DataSource.class).getConnection();
                Statement statement = inUse.createStatement()) {
            process = asked(statement, "select pg_backend_pid()");

            HttpResponse<String> evicted = one.post("/ops/pools/database/evict", BECAUSE, ADMIN);

            assertThat(evicted.statusCode()).as(evicted.body()).isEqualTo(200);
            JsonNode pool = JsonMapper.shared().readTree(evicted.body());
            assertThat(pool.path("evicted").asInt()).isPositive();
            assertThat(pool.path("fleet").asBoolean(true)).isFalse();
            assertThat(asked(statement, "select pg_backend_pid()")).isEqualTo(process);
        }
        await().atMost(Instance.EVERYWHERE).until(() -> server.admin()
                .ask(DATABASE, "select count(*)::text from pg_stat_activity where pid = " + process)
                .equals("0"));
        JsonNode entry = other.read("/ops/audit?limit=1").path("entries").get(0);
        assertThat(entry.path("action").asString()).isEqualTo("pool.evict");
        assertThat(entry.path("subject").asString()).isEqualTo("database");
        assertThat(entry.path("reason").asString()).isEqualTo("new ranking");
    }

    private static String asked(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void eviction_withoutAReasonOrOfAnUnknownPool_isRefused() throws Exception {
        HttpResponse<String> unexplained = one.post("/ops/pools/database/evict", "{}", ADMIN);
        assertThat(unexplained.statusCode()).isEqualTo(422);
        assertThat(unexplained.body()).contains("\"field\":\"reason\"");
        HttpResponse<String> unknown = one.post("/ops/pools/ranking/evict", BECAUSE, ADMIN);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("dependency_not_found");
    }

    @Test
    void healthIsOpen_detailsAndMetricsNeedAKey() throws Exception {
        for (String path : List.of("/health", "/health/live", "/health/ready", "/livez", "/readyz")) {
            assertThat(one.get(path, "").statusCode()).as(path).isEqualTo(200);
        }
        for (String path :
                List.of("/health/detailed", "/health/history?dependency=database", "/metrics", "/ops/audit")) {
            assertThat(one.get(path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(one.get(path, ADMIN).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(one.get("/health/detailed", ADMIN).body())
                .contains("\"audit\":{\"waiting\":0}", "\"ADMIN_API_KEY\":{")
                .doesNotContain(ADMIN);
        assertThat(one.get("/metrics", ADMIN).body()).contains("mooring_dependency_up");
    }

    @Test
    void tables_areThoseOfOperationsOnly() throws Exception {
        assertThat(server.admin().ask(DATABASE, """
                        select string_agg(tablename, ' ' order by tablename) from pg_tables
                        where schemaname = 'mooring'"""))
                .isEqualTo(
                        "api_key audit_entry audit_head configuration flyway_schema_history operator_intent state_change");
    }

    private static void measured(String what, Duration took) {
        System.out.println("measured " + what + ": " + took.toMillis() + " ms (at most 5000 ms)");
    }
}
