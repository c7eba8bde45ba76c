package dev.mooring.registry.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.api.RequestConfiguration;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The calls of the contract's section "Models", over a real server and a real database. */
@Timeout(120)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ModelCallsTest.App.class,
        properties = "server.address=127.0.0.1")
class ModelCallsTest {
    @LocalServerPort
    private int port;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void alias_isReadAsTheVersionThatItPointsTo() {
        http.register("{\"name\":\"aliased\",\"source\":\"s3://m/1\"}");
        http.put("/models/aliased/aliases/champion", "{\"version\":\"1\"}");

        HttpResponse<String> answer = http.get("/models/aliased/aliases/champion");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(http.get("/models/aliased/versions/1").body());
        isProblem(http.get("/models/aliased/aliases/other"), 404, "alias_not_found");
        isProblem(http.get("/models/aliased/aliases/latest"), 404, "alias_not_found");
        isProblem(http.get("/models/nobody/aliases/champion"), 404, "alias_not_found");
    }

    @Test
    void version_deleted_isGoneWithItsAliases_andItsNumberStaysUsed() {
        http.register("{\"name\":\"shrinking\",\"source\":\"s3://m/1\"}");
        http.register("{\"name\":\"shrinking\",\"source\":\"s3://m/2\"}");
        http.put("/models/shrinking/aliases/champion", "{\"version\":\"2\"}");

        assertThat(http.delete("/models/shrinking/versions/2").statusCode()).isEqualTo(204);

        isProblem(http.delete("/models/shrinking/versions/2"), 404, "model_not_found");
        isProblem(http.get("/models/shrinking/aliases/champion"), 404, "alias_not_found");
        HttpResponse<String> next = http.register("{\"name\":\"shrinking\",\"source\":\"s3://m/3\"}");
        assertThat(Http.json(next).path("version").asString()).isEqualTo("3");
    }

    @Test
    void model_deleted_isGone_andItsHistoryStays() {
        http.register("{\"name\":\"doomed\",\"source\":\"s3://m/1\"}");

        assertThat(http.delete("/models/doomed").statusCode()).isEqualTo(204);

        isProblem(http.get("/models/doomed"), 404, "model_not_found");
        isProblem(http.delete("/models/doomed"), 404, "model_not_found");
        JsonNode last = Http.json(http.get("/models/doomed/history")).at("/entries/0");
        assertThat(last.path("action").asString()).isEqualTo("deleted");
    }

    @Test
    void history_atATime_endsThere_andTellsTheAliasesOfThatTime() {
        http.register("{\"name\":\"past\",\"source\":\"s3://m/1\"}");
        http.register("{\"name\":\"past\",\"source\":\"s3://m/2\"}");
        String before = timeOfTheLastEvent("past");
        http.put("/models/past/aliases/champion", "{\"version\":\"1\"}");
        String first = timeOfTheLastEvent("past");
        http.put("/models/past/aliases/champion", "{\"version\":\"2\"}");
        http.put("/models/past/aliases/shadow", "{\"version\":\"1\"}");
        String second = timeOfTheLastEvent("past");
        http.delete("/models/past/aliases/champion");
        http.delete("/models/past");
        String end = timeOfTheLastEvent("past");

        assertThat(aliases("past", before)).isEqualTo("{}");
        assertThat(aliases("past", first)).isEqualTo("{\"champion\":\"1\"}");
        assertThat(aliases("past", second)).isEqualTo("{\"champion\":\"2\",\"shadow\":\"1\"}");
        assertThat(aliases("past", end)).isEqualTo("{}");
        JsonNode then = Http.json(http.get("/models/past/history?at=" + first));
        assertThat(then.path("entries").size()).isEqualTo(3);
        assertThat(then.at("/entries/0/alias").asString()).isEqualTo("champion");
        assertThat(Http.json(http.get("/models/past/history")).has("aliases")).isFalse();
    }

    @Test
    void history_pagedAtATime_staysBeforeIt() {
        http.register("{\"name\":\"past-in-pages\",\"source\":\"s3://m/1\"}");
        http.register("{\"name\":\"past-in-pages\",\"source\":\"s3://m/2\"}");
        String at = timeOfTheLastEvent("past-in-pages");
        http.register("{\"name\":\"past-in-pages\",\"source\":\"s3://m/3\"}");

        JsonNode page = Http.json(http.get("/models/past-in-pages/history?limit=1&at=" + at));
        assertThat(page.at("/entries/0/version").asString()).isEqualTo("2");
        JsonNode next = Http.json(http.get("/models/past-in-pages/history?limit=1&at=" + at + "&page_token="
                + page.path("next_page_token").asString()));
        assertThat(next.at("/entries/0/version").asString()).isEqualTo("1");
        assertThat(next.has("next_page_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01T00:00:00Z", "2026-01-01", "-999999999-01-01T00:00:00Z", ""})
    void history_atNoMoment_is422(String at) {
        HttpResponse<String> answer = http.get("/models/any/history?at=" + at);

        isProblem(answer, 422, "invalid_request");
        assertThat(Http.json(answer).at("/errors/0/field").asString()).isEqualTo("at");
    }

    private String timeOfTheLastEvent(String model) {
        return Http.json(http.get("/models/" + model + "/history?limit=1"))
                .at("/entries/0/at")
                .asString();
    }

    private String aliases(String model, String at) {
        return Http.json(http.get("/models/" + model + "/history?at=" + at))
                .path("aliases")
                .toString();
    }

    @Test
    void registration_answersWithItsVersionAndPlace() {
        HttpResponse<String> answer = http.register("{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        String id = Http.json(answer).path("registration_id").asString();
        assertThat(answer.body())
                .isEqualTo("{\"registration_id\":\"" + id
                        + "\",\"status\":\"registered\",\"name\":\"churn\",\"version\":\"1\"}\n");
        assertThat(answer.headers().firstValue("Location")).contains("/registrations/" + id);
        assertThat(answer.headers().firstValue("Idempotent-Replay")).isEmpty();
        HttpResponse<String> later = http.get("/registrations/" + id);
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(later.body()).isEqualTo(answer.body());
    }

    @Test
    void versionOfAModel_isReadBackAsItWasRegistered() {
        http.register("{\"name\":\"read-back\",\"source\":\"s3://a/m\"}");
        JsonNode made = Http.json(http.register("{\"name\":\"read-back\",\"source\":\"s3://b/m\",\"run_id\":\"r\","
                + "\"tags\":{\"team\":\"growth\"},\"metrics\":{\"auc\":0.5}}"));

        JsonNode read = Http.json(http.get("/models/read-back/versions/2"));

        Instant created = Instant.parse(read.path("created_at").asString());
        assertThat(read.path("created_at").asString()).endsWith("Z");
        assertThat(created)
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(read.toString())
                .isEqualTo("{\"name\":\"read-back\",\"version\":\"2\",\"source\":\"s3://b/m\",\"run_id\":\"r\","
                        + "\"tags\":{\"team\":\"growth\"},\"metrics\":{\"auc\":0.5},\"aliases\":[],"
                        + "\"registration_id\":\""
                        + made.path("registration_id").asString() + "\","
                        + "\"registered_by\":\"anonymous\",\"created_at\":\""
                        + read.path("created_at").asString() + "\"}");
        JsonNode model = Http.json(http.get("/models/read-back"));
        assertThat(model.propertyNames())
                .containsExactly("name", "latest_version", "aliases", "created_at", "updated_at");
        assertThat(model.path("latest_version").asString()).isEqualTo("2");
    }

    @Test
    void repeatedRequest_withItsKey_isAnsweredAgainAndMarked() {
        String body = "{\"name\":\"repeated\",\"source\":\"s3://b/s\"}";
        HttpResponse<String> first = http.register(body, "Idempotency-Key", "k-1");

        HttpResponse<String> again = http.register(body, "Idempotency-Key", "k-1");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replay")).contains("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void key_usedForAnotherRequest_isRefused_andNamesTheVersionThatExists() {
        JsonNode first =
                Http.json(http.register("{\"name\":\"reused\",\"source\":\"s3://b/s\"}", "Idempotency-Key", "k-2"));

        JsonNode problem = isProblem(
                http.register("{\"name\":\"other\",\"source\":\"s3://b/t\"}", "Idempotency-Key", "k-2"),
                422,
                "idempotency_key_reused");
        assertThat(problem.path("detail").asString()).contains("which made version 1 of \"reused\".");
        assertThat(problem.path("version").asString()).isEqualTo("1");
        assertThat(problem.path("registration_id")).isEqualTo(first.path("registration_id"));
        assertThat(latest("reused")).isEqualTo("1");
    }

    @Test
    void key_whoseFirstRequestWasRefused_isNotUsedUp() {
        isProblem(
                http.register("{\"name\":\"a/b\",\"source\":\"s3://b/s\"}", "Idempotency-Key", "k-3"),
                422,
                "invalid_request");

        assertThat(http.register("{\"name\":\"not-used-up\",\"source\":\"s3://b/s\"}", "Idempotency-Key", "k-3")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space"})
    void key_thatIsNone_isRefused(String key) {
        JsonNode problem = isProblem(
                http.register("{\"name\":\"bad-key\",\"source\":\"s3://b/s\"}", "Idempotency-Key", key),
                422,
                "invalid_request");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource({
        "/models/nobody, model_not_found",
        "/models/nobody/versions, model_not_found",
        "/models/nobody/versions/1, model_not_found",
        "/models/nobody/history, model_not_found",
        "/models/a:b, model_not_found",
        "/models/%01, model_not_found",
        "/models/known/versions/99, model_not_found",
        "/models/known/versions/0, model_not_found",
        "/models/known/versions/-1, model_not_found",
        "/models/known/versions/01, model_not_found",
        "/models/known/versions/one, model_not_found",
        "/models/known/versions/99999999999999999999, model_not_found",
        "/registrations/nothing, registration_not_found",
        "/registrations/0198c1a0-0000-7000-8000-000000000000, registration_not_found"
    })
    void whatIsNotThere_isNotFound(String path, String code) {
        http.register("{\"name\":\"known\",\"source\":\"s3://b/s\"}");

        isProblem(http.get(path), 404, code);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=101, limit",
        "limit=ten, limit",
        "limit=1&limit=2, limit",
        "limit=99999999999, limit",
        "page_token=%00, page_token",
        "page_token=bQAA, page_token",
        "page_token=xyz, page_token",
        "prefix=%00, prefix"
    })
    void badParameterOfAList_isRefused(String query, String field) {
        JsonNode problem = isProblem(http.get("/models?" + query), 422, "invalid_request");

        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void lists_areReadPageByPage() {
        List.of("paged-a", "paged-b", "paged-c")
                .forEach(name -> http.register(Http.text(Map.of("name", name, "source", "s3://b/s"))));
        http.register("{\"name\":\"paged-a\",\"source\":\"s3://b/s\"}");

        JsonNode first = Http.json(http.get("/models?prefix=paged-&limit=2"));
        JsonNode second = Http.json(http.get("/models?prefix=paged-&limit=2&page_token="
                + first.path("next_page_token").asString()));

        assertThat(first.path("models").findValuesAsString("name")).containsExactly("paged-a", "paged-b");
        assertThat(second.path("models").findValuesAsString("name")).containsExactly("paged-c");
        assertThat(second.has("next_page_token")).isFalse();
        JsonNode versions = Http.json(http.get("/models/paged-a/versions?limit=1"));
        assertThat(versions.at("/versions/0/version").asString()).isEqualTo("2");
        JsonNode older = Http.json(http.get("/models/paged-a/versions?limit=1&page_token="
                + versions.path("next_page_token").asString()));
        assertThat(older.at("/versions/0/version").asString()).isEqualTo("1");
        assertThat(older.has("next_page_token")).isFalse();
    }

    @Test
    void alias_isSetMovedAndRemoved() {
        http.register("{\"name\":\"promoted\",\"source\":\"s3://b/s\"}");
        http.register("{\"name\":\"promoted\",\"source\":\"s3://b/s\"}");
        String alias = "/models/promoted/aliases/champion";

        assertThat(http.put(alias, "{\"version\":\"1\"}").body())
                .isEqualTo("{\"name\":\"promoted\",\"alias\":\"champion\",\"version\":\"1\"}\n");
        assertThat(http.put(alias, "{\"version\":2}").statusCode()).isEqualTo(200);
        assertThat(Http.json(http.get("/models/promoted")).path("aliases").toString())
                .isEqualTo("{\"champion\":\"2\"}");
        assertThat(http.delete(alias).statusCode()).isEqualTo(204);
        isProblem(http.delete(alias), 404, "alias_not_found");

        JsonNode entries = Http.json(http.get("/models/promoted/history")).path("entries");
        assertThat(entries.findValuesAsString("action"))
                .containsExactly("alias_removed", "promoted", "promoted", "registered", "registered");
        assertThat(entries.get(0).propertyNames()).containsExactly("seq", "at", "actor", "action", "version", "alias");
        assertThat(entries.get(4).propertyNames())
                .containsExactly("seq", "at", "actor", "action", "version", "registration_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "promotable | a | {\"version\":\"9\"} | 404 | model_not_found",
                "nobody | a | {\"version\":\"1\"} | 404 | model_not_found",
                "promotable | a | {} | 422 | invalid_request",
                "promotable | a | {\"version\":\"one\"} | 422 | invalid_request",
                "promotable | a | {\"version\":1.5} | 422 | invalid_request",
                "promotable | a | {\"version\":-1} | 422 | invalid_request",
                "promotable | a | {\"version\":99999999999999999999999} | 422 | invalid_request",
                "promotable | a | {\"version\":[1]} | 422 | invalid_request",
                "promotable | a | {\"version\":\"1\",\"more\":1} | 422 | invalid_request",
                "promotable | latest | {\"version\":\"1\"} | 422 | invalid_request",
                "promotable | v1 | {\"version\":\"1\"} | 422 | invalid_request",
                "promotable | a%20b | {\"version\":\"1\"} | 422 | invalid_request",
                "promotable | a | {\"version\": | 400 | malformed_json"
            })
    void badPromotion_isRefused(String name, String alias, String body, int status, String code) {
        http.register("{\"name\":\"promotable\",\"source\":\"s3://b/s\"}");

        isProblem(http.put("/models/" + name + "/aliases/" + alias, body), status, code);
    }

    @Test
    void answers_endWithALineEnd() {
        assertThat(http.get("/models").body()).endsWith("}\n");
        assertThat(http.get("/models/nobody").body()).endsWith("}\n");
        assertThat(http.get("/health").body()).endsWith("}\n");
    }

    @Test
    void unknownParameter_isRefusedAsAnUnknownFieldIs() {
        isProblem(http.get("/models?limt=5"), 422, "invalid_request");
        isProblem(http.get("/models/nobody?verbose"), 422, "invalid_request");
    }

    @Test
    void otherContentType_isRefused() {
        isProblem(
                http.send(http.request("/models/register")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\",\"source\":\"s3://b/s\"}"))),
                415,
                "unsupported_media_type");
        isProblem(
                http.send(http.request("/models/register").POST(BodyPublishers.ofString("{}"))),
                415,
                "unsupported_media_type");
    }

    @Test
    void emptyBody_isMalformed() {
        isProblem(http.register(""), 400, "malformed_json");
        isProblem(http.register("  "), 400, "malformed_json");
    }

    @Test
    void oversizedBody_isRefusedAndRegistersNothing() {
        String body = "{\"name\":\"oversized\",\"source\":\"s3://b/s\"" + " ".repeat(1 << 20) + "}";

        isProblem(http.register(body), 413, "content_too_large");
        isProblem(http.get("/models/oversized"), 404, "model_not_found");
    }

    @Test
    void brokenBodies_areNeverAFaultOfOurs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = ("{\"name\":\"fuzz\",\"source\":\"s3://é🚢\",\"run_id\":\"r\",\"description\":\"d\","
                        + "\"tags\":{\"k\":\"v\",\"l\":\"w\"},\"metrics\":{\"m\":1.5e-3,\"n\":-2}}")
                .getBytes(StandardCharsets.UTF_8);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            HttpResponse<String> answer = http.register(broken(good, random));
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            assertThat(answer.statusCode())
                    .as("seed %d, answer %s", seed, answer.body())
                    .isIn(201, 400, 422);
        }
        System.out.println("1,000 broken bodies were answered " + statuses);
        assertThat(statuses).containsKeys(201, 400, 422);
        int kept = Integer.parseInt(latest("fuzz"));
        assertThat(kept).isPositive().isLessThanOrEqualTo(statuses.get(201));
    }

    private static byte[] broken(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "0\"{}[],:eE+-.nutf\\/ ".charAt(random.nextInt(20));
        }
        return bytes;
    }

    private String latest(String name) {
        return Http.json(http.get("/models/" + name)).path("latest_version").asString();
    }

    static JsonNode isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Http.json(answer);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isNotBlank();
        return problem;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ModelsConfiguration.class, RequestConfiguration.class, WithoutEvents.class})
    static class App {
        @Bean(destroyMethod = "close")
        RegistryKit kit() {
            return RegistryKit.create(8);
        }

        @Bean(destroyMethod = "")
        DataSource dataSource(RegistryKit kit) {
            return kit.pool;
        }
    }
}
