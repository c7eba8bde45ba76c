package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys of the service's own store, on two instances that share a database. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeysServeTest {
    private static final String[] ADMIN = {"Authorization", "Bearer " + Served.ADMIN_KEY};
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";
    private static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(5);

    private static TestPostgres postgres;
    private static Served one;
    private static Served other;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("mlflow_db");
        one = Served.with(Served.variablesOf(postgres));
        other = Served.with(Served.variablesOf(postgres));
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        postgres.close();
    }

    @Test
    void calls_withoutAKeyThatIsAskedFor_areAnswered401() throws Exception {
        assertThat(one.get("/models").statusCode()).isEqualTo(401);
        assertThat(one.get("/models", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        HttpResponse<String> detailed = one.get("/health/detailed");
        assertThat(detailed.statusCode()).isEqualTo(401);
        assertThat(detailed.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"mooring\"");
        assertThat(one.get("/health").statusCode()).isIn(200, 503);
        assertThat(one.get("/models", "Authorization", "Bearer " + Served.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void history_isToldToThoseWhoMaySeeDetails() throws Exception {
        assertThat(one.get("/health/history?dependency=database").statusCode()).isEqualTo(401);
    }

    @Test
    void key_madeOnOneInstance_worksThereAtOnceAndSoonOnTheOther() throws Exception {
        HttpResponse<String> made =
                one.post("/ops/keys", "{\"name\":\"ci\",\"scopes\":[\"models:write\",\"models:read\"]}", ADMIN);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode key = json(made);
        assertThat(key.propertyNames()).containsExactly("id", "name", "scopes", "key");
        assertThat(key.path("scopes").toString()).isEqualTo("[\"models:read\",\"models:write\"]");
        assertThat(key.path("key").asString()).matches("mrg_[A-Za-z0-9_-]{43}");
        assertThat(one.get("/models", bearer(key)).statusCode()).isEqualTo(200);
        long asked = System.nanoTime();
        await().atMost(KNOWN_EVERYWHERE)
                .until(() -> other.get("/models", bearer(key)).statusCode() == 200);
        Served.measured("key known to the other instance", Served.since(asked), "5000 ms");
        HttpResponse<String> registered = one.post("/models/register", MODEL, bearer(key));
        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(one.get("/models/churn/history", bearer(key)).body())
                .contains("\"actor\":\"ci/" + key.path("id").asString() + "\"");
    }

    @Test
    void key_revoked_isRefusedAtOnceAndSoonOnTheOtherInstance() throws Exception {
        JsonNode key = make("leaver", "\"models:read\"");
        await().atMost(KNOWN_EVERYWHERE)
                .until(() -> other.get("/models", bearer(key)).statusCode() == 200);
        String path = "/ops/keys/" + key.path("id").asString();
        long revoked = System.nanoTime();

        assertThat(one.delete(path, ADMIN).statusCode()).isEqualTo(204);

        assertThat(one.get("/models", bearer(key)).statusCode()).isEqualTo(401);
        await().atMost(KNOWN_EVERYWHERE)
                .until(() -> other.get("/models", bearer(key)).statusCode() == 401);
        Served.measured("revocation known to the other instance", Served.since(revoked), "5000 ms");
        assertThat(one.delete(path, ADMIN).statusCode()).as("once more").isEqualTo(204);
        assertThat(audited("key.revoke", "leaver/" + key.path("id").asString()))
                .as("entries for two requests")
                .isEqualTo("1");
    }

    @Test
    void key_withoutTheScope_isAnswered403WithTheScope() throws Exception {
        JsonNode key = make("looker", "\"ops:read\"");

        HttpResponse<String> refused = one.get("/models", bearer(key));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("code").asString()).isEqualTo("scope_missing");
        assertThat(json(refused).path("scope").asString()).isEqualTo("models:read");
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
        assertThat(one.get("/health/detailed", bearer(key)).statusCode()).isEqualTo(200);
        assertThat(one.get("/ops/keys", bearer(key)).statusCode()).isEqualTo(200);
        assertThat(one.delete("/ops/keys/x", bearer(key)).statusCode()).isEqualTo(403);
    }

    @Test
    void healthAndMetrics_withoutTheirScope_sayWhichScopeIsMissingAsOtherCallsDo() throws Exception {
        JsonNode key = make("reader", "\"models:read\"");

        for (String path : new String[] {"/health/detailed", "/health/history?dependency=database", "/metrics"}) {
            HttpResponse<String> refused = one.get(path, bearer(key));
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .as(path)
                    .hasValue("Bearer realm=\"mooring\", error=\"insufficient_scope\", scope=\"ops:read\"");
        }
    }

    @Test
    void path_thatClimbs_needsTheScopeOfWhereItEnds() throws Exception {
        JsonNode key = make("climber", "\"models:read\",\"models:write\"");

        assertThat(one.get("/models/../ops/keys", bearer(key)).statusCode()).isEqualTo(403);
        assertThat(one.get("/models/%2e%2e/ops/keys", bearer(key)).statusCode()).isEqualTo(403);
        assertThat(one.get("/models;/../ops/keys", bearer(key)).statusCode()).isEqualTo(403);
        assertThat(one.get("//ops/keys", bearer(key)).statusCode()).isEqualTo(403);
    }

    @Test
    void key_givesOnlyScopesThatItHas() throws Exception {
        JsonNode operator = make("operator", "\"ops:act\",\"ops:read\"");

        HttpResponse<String> refused = one.post(
                "/ops/keys", "{\"name\":\"more\",\"scopes\":[\"ops:act\",\"models:write\"]}", bearer(operator));
        HttpResponse<String> made =
                one.post("/ops/keys", "{\"name\":\"less\",\"scopes\":[\"ops:read\"]}", bearer(operator));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("scope").asString()).isEqualTo("models:write");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(one.get("/ops/keys", ADMIN).body())
                .contains("\"created_by\":\"operator/" + operator.path("id").asString() + "\"")
                .doesNotContain("\"more\"");
    }

    @Test
    void keyThatExpires_makesNoneThatLivesLonger() throws Exception {
        String body = "{\"name\":\"shift\",\"scopes\":[\"ops:act\"],\"expires_in\":\"1h\"}";
        JsonNode shift = json(one.post("/ops/keys", body, ADMIN));
        assertThat(shift.path("expires_at").asString()).isNotEmpty();

        assertThat(one.post("/ops/keys", body.replace("1h", "2h"), bearer(shift))
                        .body())
                .contains(
                        "invalid_request",
                        "expires_in",
                        shift.path("expires_at").asString());
        assertThat(one.post("/ops/keys", body.replace(",\"expires_in\":\"1h\"", ""), bearer(shift))
                        .statusCode())
                .isEqualTo(422);
        assertThat(one.post("/ops/keys", body.replace("1h", "30m"), bearer(shift))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void key_expired_isRefusedAndListedNoMore() throws Exception {
        String body = "{\"name\":\"short\",\"scopes\":[\"models:read\"],\"expires_in\":3.0}";
        JsonNode key = json(one.post("/ops/keys", body, ADMIN));
        assertThat(one.get("/models", bearer(key)).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> one.get("/models", bearer(key)).statusCode() == 401);

        assertThat(one.get("/ops/keys", ADMIN).body()).doesNotContain("\"short\"");
    }

    @Test
    void twoKeys_ofOneName_areTwoOwners() throws Exception {
        JsonNode first = make("twin", "\"models:write\",\"models:read\"");
        JsonNode second = make("twin", "\"models:write\",\"models:read\"");
        String body = "{\"name\":\"twins\",\"source\":\"s3://a/m\"}";

        HttpResponse<String> byFirst = one.post("/models/register", body, idempotent(first));
        HttpResponse<String> bySecond = one.post("/models/register", body, idempotent(second));
        HttpResponse<String> again = one.post("/models/register", body, idempotent(first));

        assertThat(json(bySecond).path("version").asString()).isEqualTo("2");
        assertThat(bySecond.headers().firstValue("Idempotent-Replay")).isEmpty();
        assertThat(again.body()).isEqualTo(byFirst.body());
        assertThat(one.get("/models/twins/history", bearer(first)).body())
                .contains(
                        "twin/" + first.path("id").asString(),
                        "twin/" + second.path("id").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                               | 400 | malformed_json  | ",
                "{}                                                              | 422 | invalid_request | name scopes",
                "{\"name\":\"a/b\",\"scopes\":[\"ops:read\"]}                    | 422 | invalid_request | name",
                "{\"name\":\" a\",\"scopes\":[\"ops:read\"]}                     | 422 | invalid_request | name",
                "{\"name\":\"a\",\"scopes\":[]}                                  | 422 | invalid_request | scopes",
                "{\"name\":\"a\",\"scopes\":\"ops:read\"}                        | 422 | invalid_request | scopes",
                "{\"name\":\"a\",\"scopes\":[\"admin\"]}                         | 422 | invalid_request | scopes",
                "{\"name\":\"a\",\"scopes\":[\"ops:read\"],\"expires_in\":\"x\"} | 422 | invalid_request | expires_in",
                "{\"name\":\"a\",\"scopes\":[\"ops:read\"],\"expires_in\":0}     | 422 | invalid_request | expires_in",
                "{\"name\":\"a\",\"scopes\":[\"ops:read\"],\"scope\":1}          | 422 | invalid_request | scope",
            })
    void body_thatIsNotAcceptable_isRefusedFieldByField(String body, int status, String code, String fields)
            throws Exception {
        HttpResponse<String> refused = one.post("/ops/keys", body, ADMIN);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(json(refused).path("code").asString()).isEqualTo(code);
        String named = json(refused)
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .sorted()
                .reduce((a, b) -> a + " " + b)
                .orElse(null);
        assertThat(named).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource({"not-an-id", "0198c1d2-0000-7000-8000-000000000000"})
    void revocation_ofWhatIsNotThere_is404(String id) throws Exception {
        HttpResponse<String> answer = one.delete("/ops/keys/" + id, ADMIN);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("code").asString()).isEqualTo("key_not_found");
    }

    @Test
    void keys_asManyAsThereMayBe_areReadAndNoMoreAreMade() throws Exception {
        JsonNode before = make("before-the-many", "\"models:read\"");
        postgres.admin()
                .execute(
                        "mlflow_db",
                        "insert into mooring.api_key (id, name, hash, scopes, created_at, created_by)"
                                + " select gen_random_uuid(), 'many', sha256(n::text::bytea), '{models:read}', now(), 'test'"
                                + " from generate_series(1, 1000) n");
        try {
            HttpResponse<String> refused =
                    one.post("/ops/keys", "{\"name\":\"too-many\",\"scopes\":[\"ops:read\"]}", ADMIN);

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(json(refused).path("code").asString()).isEqualTo("too_many_keys");
            assertThat(json(one.get("/ops/keys", ADMIN)).path("keys").size()).isEqualTo(1_000);
            assertThat(one.get("/models", bearer(before)).statusCode()).isEqualTo(200);
        } finally {
            postgres.admin().execute("mlflow_db", "delete from mooring.api_key where name = 'many'");
        }
    }

    @Test
    void scopeOfALaterVersion_opensNothingHere() throws Exception {
        JsonNode key = make("from-later", "\"models:read\"");
        postgres.admin()
                .execute(
                        "mlflow_db",
                        "update mooring.api_key set scopes = '{models:read,models:fly}' where name = 'from-later'");

        assertThat(one.get("/ops/keys", ADMIN).body()).contains("\"name\":\"from-later\",\"scopes\":[\"models:read\"]");
        assertThat(one.get("/models", bearer(key)).statusCode()).isEqualTo(200);
    }

    @Test
    void key_standsNowhereButInItsAnswer() throws Exception {
        JsonNode key = make("searched-for", "\"models:read\",\"ops:read\"");
        String text = key.path("key").asString();
        one.get("/models", bearer(key));
        one.get("/nowhere", bearer(key));

        assertThat(one.get("/ops/keys", bearer(key)).body())
                .contains("searched-for", key.path("id").asString())
                .doesNotContain(text)
                .doesNotContain("hash");
        assertThat(one.get("/health/detailed", bearer(key)).body()).doesNotContain(text);
        assertThat(postgres.admin().ask("mlflow_db", "select schema_to_xml('mooring', true, false, '')::text"))
                .contains("searched-for")
                .doesNotContain(text, Served.ADMIN_KEY);
        assertThat(String.join("\n", one.process().lines()))
                .contains("key.create", "searched-for")
                .doesNotContain(text, Served.ADMIN_KEY);
    }

    @Test
    void making_isAudited() throws Exception {
        JsonNode key = make("audited", "\"models:read\"");

        assertThat(audited("key.create", "audited/" + key.path("id").asString()))
                .isEqualTo("1");
        assertThat(postgres.admin()
                        .ask(
                                "mlflow_db",
                                "select actor || ': ' || details from mooring.audit_entry where subject = 'audited/"
                                        + key.path("id").asString() + "'"))
                .isEqualTo("admin: scopes models:read; does not expire");
    }

    private static String audited(String action, String subject) throws Exception {
        return postgres.admin()
                .ask(
                        "mlflow_db",
                        "select count(*) from mooring.audit_entry where action = '" + action + "' and subject = '"
                                + subject + "'");
    }

    private static JsonNode make(String name, String scopes) throws Exception {
        HttpResponse<String> made =
                one.post("/ops/keys", "{\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]}", ADMIN);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made);
    }

    private static String[] bearer(JsonNode key) {
        return new String[] {"Authorization", "Bearer " + key.path("key").asString()};
    }

    private static String[] idempotent(JsonNode key) {
        return new String[] {"X-API-Key", key.path("key").asString(), "Idempotency-Key", "the-same"};
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
