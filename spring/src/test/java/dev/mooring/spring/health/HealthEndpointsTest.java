package dev.mooring.spring.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.failure.FailureKind;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = HealthEndpointsTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.request.enabled=true",
            "mooring.correlation.enabled=true",
            "mooring.service.name=glucolens-backend",
            "mooring.service.version=2.0.0",
            "mooring.service.features=authentication,advanced-ml",
            "mooring.database.password=marked-secret",
            "management.endpoints.web.exposure.include=health",
            "management.endpoint.health.show-details=always"
        })
class HealthEndpointsTest {
    private static final Backend DATABASE = new Backend();

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void databaseIsWell() {
        DATABASE.well(true);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(json("/health").get("status").asString()).isEqualTo("healthy"));
    }

    @Test
    void databaseWell_everythingIs200() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"alive\"}\n");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        JsonNode body = json("/health");
        assertThat(body.get("service").asString()).isEqualTo("glucolens-backend");
        assertThat(body.get("version").asString()).isEqualTo("2.0.0");
        assertThat(body.get("features").toString()).isEqualTo("[\"authentication\",\"advanced-ml\"]");
        assertThat(body.get("database").asString()).isEqualTo("connected");
        long age = ManagementFactory.getRuntimeMXBean().getUptime();
        assertThat(body.get("uptime_seconds").asDouble())
                .as("counted from the start of the process")
                .isBetween(age / 1e3 - 2, age / 1e3 + 1);
        assertThat(body.at("/dependencies/database/status").asString()).isEqualTo("up");
        assertThat(body.has("error")).isFalse();
    }

    @Test
    void connectionOfALoadBalancer_isNotClosedAfterAHundredRequests() throws Exception {
        for (int asked = 0; asked < 150; asked++) {
            assertThat(get("/health/live").headers().firstValue("Connection"))
                    .as("answer %d", asked)
                    .isEmpty();
        }
    }

    @Test
    void databaseDown_isLiveAndNotReady_andSaysWhy_andIsBackByItself() throws Exception {
        DATABASE.well(false);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get("/health").statusCode()).isEqualTo(503));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        JsonNode ready = json("/health/ready");
        assertThat(ready.get("status").asString()).isEqualTo("not_ready");
        assertThat(ready.at("/reasons/0").asString()).startsWith("database: connection_refused since ");
        JsonNode body = json("/health");
        assertThat(body.get("status").asString()).isEqualTo("unhealthy");
        assertThat(body.get("database").asString()).isEqualTo("disconnected");
        assertThat(body.get("error").asString()).isEqualTo("connection_refused");
        assertThat(body.at("/dependencies/database/last_failure/kind").asString())
                .isEqualTo("connection_refused");
        assertThat(body.at("/dependencies/database/last_failure/check").asString())
                .as("what to check, and no message, which may name addresses")
                .isEqualTo(FailureKind.CONNECTION_REFUSED.hint());
        assertThat(body.at("/dependencies/database/last_failure").has("message"))
                .isFalse();
        assertThat(json("/health/detailed")
                        .at("/dependencies/database/last_failure")
                        .has("message"))
                .isTrue();
        assertThat(body.at("/dependencies/database/breaker").asString()).isEqualTo("open");
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        DATABASE.well(true);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        get("/actuator/health/readiness").statusCode())
                .isEqualTo(200));
        JsonNode past = json("/health").at("/dependencies/database/last_failure");
        assertThat(past.get("kind").asString()).isEqualTo("connection_refused");
        assertThat(past.has("check"))
                .as("what to check for a failure that is over")
                .isFalse();
    }

    @Test
    void verbose_hasALineForEachCheck_inTheFormOfKubernetes() throws Exception {
        HttpResponse<String> live = get("/livez?verbose");
        assertThat(live.body()).isEqualTo("[+]ping ok\nlivez check passed\n");
        assertThat(live.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(get("/readyz?verbose=1").body())
                .isEqualTo("[+]shutdown ok\n[+]database ok\n[+]start ok\n[+]supervisor ok\nreadyz check passed\n");
        assertThat(get("/readyz?verbose&exclude=nowhere").body())
                .endsWith("warn: some health checks cannot be excluded: there is no such check\nreadyz check passed\n");
        DATABASE.well(false);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            HttpResponse<String> down = get("/readyz?verbose");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body())
                    .contains("[-]database failed: connection_refused since ")
                    .endsWith("readyz check failed\n");
        });
    }

    @Test
    void excludedCheck_doesNotCount() throws Exception {
        DATABASE.well(false);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(503));
        assertThat(get("/readyz?exclude=database").statusCode()).isEqualTo(200);
        assertThat(get("/readyz?exclude=database").body()).isEqualTo("{\"status\":\"ready\"}\n");
        assertThat(get("/health/ready?exclude=start&exclude=database&verbose").body())
                .contains("[+]database excluded: ok\n", "[+]start excluded: ok\n", "readyz check passed\n");
        HttpResponse<String> other = get("/readyz?exclude=start&exclude=");
        assertThat(other.statusCode()).isEqualTo(503);
        assertThat(JsonMapper.shared().readTree(other.body()).at("/reasons/0").asString())
                .startsWith("database: connection_refused since ");
        assertThat(get("/livez?exclude=ping").body()).isEqualTo("{\"status\":\"alive\"}\n");
    }

    @Test
    void detailed_hasBreakersConfigurationAndProcess_andNoSecret() throws Exception {
        HttpResponse<String> answer = get("/health/detailed");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("marked-secret");
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.at("/breakers/database/state").asString()).isEqualTo("closed");
        assertThat(body.at("/breakers/database/retries/budget_exhausted").asInt())
                .isZero();
        assertThat(body.at("/configuration/REQUEST_TIMEOUT/value").asString()).isEqualTo("5s");
        assertThat(body.at("/configuration/REQUEST_TIMEOUT/origin").asString()).isEqualTo("default");
        assertThat(body.at("/process/pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void history_ofADependency_hasChangesAvailabilityAndResponseTimes() throws Exception {
        await().untilAsserted(() -> {
            JsonNode body = json("/health/history?dependency=database&since=5m");
            assertThat(body.at("/status").asString()).isEqualTo("up");
            assertThat(body.at("/changes/0/from").asString()).isEqualTo("unknown");
            assertThat(body.at("/changes").toString()).contains("\"to\":\"up\"");
            assertThat(body.at("/availability/1h/share").asDouble()).isBetween(0.01, 1.0);
            assertThat(body.at("/availability/24h/known_seconds").asDouble()).isBetween(0.0, 60.0);
            assertThat(body.at("/response_times/stretches/0/answers").asInt()).isPositive();
            assertThat(body.at("/response_times/mean_ms_1h").isNumber()).isTrue();
        });
    }

    @Test
    void history_ofNobodyOrWithoutAnAnswerableQuestion_saysWhatIsWrong() throws Exception {
        HttpResponse<String> nobody = get("/health/history?dependency=nobody");
        assertThat(nobody.statusCode()).isEqualTo(404);
        assertThat(nobody.body()).contains("dependency_not_found", "there are: [database]");
        HttpResponse<String> nothing = get("/health/history?since=yesterday");
        assertThat(nothing.statusCode()).isEqualTo(422);
        JsonNode errors = JsonMapper.shared().readTree(nothing.body()).at("/errors");
        assertThat(errors.findValuesAsString("field")).containsExactly("dependency", "since");
        assertThat(get("/health/history?dependency=database&since=0").statusCode())
                .isEqualTo(422);
        assertThat(get("/health/history?dependency=database&since=9000d").statusCode())
                .as("more than is remembered")
                .isEqualTo(200);
    }

    @Test
    void otherMethods_are405_andHeadIsLikeGet() throws Exception {
        HttpResponse<String> posted = send("POST", "/health");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
        HttpResponse<String> head = send("HEAD", "/health/ready");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void answers_carryARequestIdAndAreNotCached() throws Exception {
        HttpResponse<String> answer = get("/health");
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    private JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class App {
        @Bean
        Dependency database() {
            return DATABASE.dependency("database");
        }
    }
}
