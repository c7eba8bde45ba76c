package dev.mooring.examples.glucolens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance in this JVM, with a database that the tests stop. */
@Timeout(120)
class GlucolensTest {
    private static TestPostgres server;
    private static ConfigurableApplicationContext context;
    private static Client api;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("glucolens");
        context = new SpringApplication(Glucolens.class)
                .run(
                        "--server.port=0",
                        "--mooring.database.host=" + server.host(),
                        "--mooring.database.port=" + server.port(),
                        "--mooring.database.user=" + server.admin().user(),
                        "--mooring.database.password=" + server.admin().password());
        api = new Client(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @AfterAll
    static void stop() {
        context.close();
        server.close();
    }

    @Test
    void health_withItsDatabase_hasEveryKeyOfTheOlderBody() throws Exception {
        HttpResponse<String> answer = api.get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(older(answer, "service", "version", "features", "database", "status"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"service\":\"glucolens-backend\",\"version\":\"2.0.0\",\"features\":[\"authentication\","
                                                + "\"advanced-ml\",\"real-time-alerts\"],\"database\":\"connected\",\"status\":\"healthy\"}"));
    }

    @Test
    void health_withoutItsDatabase_saysSo_andTheProcessLivesOn() throws Exception {
        server.stop();
        try {
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> api.get("/health").statusCode() == 503);
            HttpResponse<String> answer = api.get("/health");

            assertThat(older(answer, "service", "version", "features", "database", "status", "error"))
                    .isEqualTo(JsonMapper.shared()
                            .readTree("{\"service\":\"glucolens-backend\",\"version\":\"2.0.0\",\"features\":["
                                    + "\"authentication\",\"advanced-ml\",\"real-time-alerts\"],\"database\":"
                                    + "\"disconnected\",\"status\":\"unhealthy\",\"error\":\"connection_refused\"}"));
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> refused = api.post("/readings", Reading.of("ada", 100));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            server.start();
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> api.get("/health").statusCode() == 200);
    }

    @Test
    void reading_thatWasStored_isReadAgain_theNewestFirst() throws Exception {
        assertThat(api.post("/readings", Reading.of("grace", 101)).statusCode()).isEqualTo(201);
        assertThat(api.post("/readings", Reading.of("grace", 142)).statusCode()).isEqualTo(201);

        JsonNode readings = Client.json(api.get("/readings?patient=grace")).path("readings");

        assertThat(readings.values().stream().map(one -> one.path("mg_per_dl").intValue()))
                .containsExactly(142, 101);
    }

    @Test
    void reading_thatIsSentTwice_isStoredOnce() throws Exception {
        String reading = Reading.of("joan", 99);
        String id = Client.json(api.post("/readings", reading)).path("id").stringValue();
        HttpResponse<String> again = api.post("/readings", reading);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Client.json(again).path("id").stringValue()).isEqualTo(id);
    }

    @Test
    void reading_ofAnotherValueAtTheSameTime_isRefused() throws Exception {
        Instant at = Instant.parse("2025-06-01T08:00:00Z");
        api.post("/readings", Reading.of("alan", at, 99));

        HttpResponse<String> other = api.post("/readings", Reading.of("alan", at, 150));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("\"code\":\"reading_differs\"");
    }

    @Test
    void reading_withMistakes_namesEachField() throws Exception {
        HttpResponse<String> answer = api.post("/readings", "{\"measured_at\":\"noon\",\"mg_per_dl\":0,\"unit\":1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"patient\"", "\"measured_at\"", "\"mg_per_dl\"", "\"unit\"");
        assertThat(api.get("/readings").statusCode()).isEqualTo(422);
    }

    @Test
    void webPage_ofAnotherOrigin_isRefused() throws Exception {
        assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
        HttpResponse<String> own = preflight("http://localhost:3000");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:3000");
    }

    @Test
    void pool_isBounded_andTheServerKnowsItsName() throws Exception {
        assertThat(server.admin()
                        .ask(
                                "glucolens",
                                "select count(*) from pg_stat_activity where application_name = 'glucolens-backend'"))
                .satisfies(count -> assertThat(Integer.parseInt(count)).isBetween(1, 14));
    }

    private static HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return api.send(api.to("/readings")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST"));
    }

    /** The keys of the older body, in any order; the present one may have more. */
    private static JsonNode older(HttpResponse<String> answer, String... keys) {
        JsonNode all = Client.json(answer);
        Map<String, JsonNode> some = new LinkedHashMap<>();
        for (String key : keys) {
            some.put(key, all.path(key));
        }
        return JsonMapper.shared().valueToTree(some);
    }
}
