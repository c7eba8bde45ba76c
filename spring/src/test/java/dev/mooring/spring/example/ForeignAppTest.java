package dev.mooring.spring.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the starter changes in an application of another team: once with its own Spring Security and no switch of ours, once
 * with Boot's default Spring Security and {@code mooring.problem.enabled}.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ForeignAppTest {
    private static final String USER =
            "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));

    private static ConfigurableApplicationContext plain;
    private static ConfigurableApplicationContext withProblems;
    private static String said;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start(CapturedOutput output) {
        plain = run(ForeignApp.class, OwnChain.class);
        said = output.getAll();
        withProblems = run("mooring.problem.enabled=true", ForeignApp.class);
    }

    @AfterAll
    static void end() {
        withProblems.close();
        plain.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/denied, 403",
        "/gone, 410",
        "/locking, 500",
        "/rollback, 500",
        "/commit, 500",
        "/timeout, 500",
        "/nowhere, 404"
    })
    void errorThatIsNotOurs_goesItsUsualWay(String path, int status) throws Exception {
        for (ConfigurableApplicationContext app : new ConfigurableApplicationContext[] {plain, withProblems}) {
            HttpResponse<String> answer = get(app, path, USER, "application/json");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains("\"path\":\"" + path + "\"").doesNotContain("request_id");
            assertThat(answer.headers().map()).doesNotContainKeys("Retry-After", "X-Request-ID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/refused", "/saturated", "/broken"})
    void callThatADependencyRefused_is503WithRetryAfter_onBootsOwnErrorPath(String path) throws Exception {
        HttpResponse<String> json = get(plain, path, USER, "application/json");
        HttpResponse<String> page = get(plain, path, USER, "text/html");

        assertThat(Stream.of(json, page).map(HttpResponse::statusCode)).containsOnly(503);
        assertThat(json.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json.body()).contains("\"error\":\"Service Unavailable\",\"path\":\"" + path + "\"");
        assertThat(page.body()).startsWith("<html>");
    }

    @ParameterizedTest
    @CsvSource({"/refused, database_unavailable", "/saturated, saturated", "/broken, database_unavailable"})
    void callThatADependencyRefused_withProblems_isOne(String path, String code) throws Exception {
        HttpResponse<String> answer = get(withProblems, path, USER, "application/json");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void problemThatTheApplicationThrows_isItsAnswerInAnyCase() throws Exception {
        for (ConfigurableApplicationContext app : new ConfigurableApplicationContext[] {plain, withProblems}) {
            HttpResponse<String> answer = get(app, "/problem", USER, "application/json");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("order_not_found");
        }
    }

    @Test
    void healthPaths_underAChainOfTheApplication_areOpenWhereItSaysSo() throws Exception {
        assertThat(get(plain, "/health", "", "*/*").body()).startsWith("{\"status\":\"healthy\"");
        assertThat(get(plain, "/health/live", "", "*/*").statusCode()).isEqualTo(401);
        assertThat(get(plain, "/health/live", USER, "*/*").body()).isEqualTo("{\"status\":\"alive\"}\n");
    }

    @Test
    void healthPaths_underBootsChain_areOpenAsActuatorsHealthIs() throws Exception {
        assertThat(get(withProblems, "/gone", "", "*/*").statusCode()).isEqualTo(401);
        assertThat(get(withProblems, "/actuator/health", "", "*/*").statusCode())
                .isEqualTo(200);
        assertThat(get(withProblems, "/health/ready", "", "*/*").body()).isEqualTo("{\"status\":\"ready\"}\n");
    }

    @Test
    void healthPath_thatTheApplicationAnswersItself_isLeftToIt_andTheLogSaysSoOnce() throws Exception {
        assertThat(get(plain, "/health/ready", USER, "*/*").body()).isEqualTo("mine");
        assertThat(get(plain, "/livez", USER, "*/*").body()).isEqualTo("routed");
        assertThat(said)
                .containsOnlyOnce("The application itself answers /health/ready (")
                .containsOnlyOnce("The application itself answers /livez (a router function)")
                .doesNotContain("answers /health (");
    }

    private HttpResponse<String> get(ConfigurableApplicationContext app, String path, String user, String accept)
            throws Exception {
        String port = app.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", accept);
        if (!user.isEmpty()) {
            request.header("Authorization", user);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ConfigurableApplicationContext run(Class<?>... sources) {
        return run("spring.main.banner-mode=console", sources);
    }

    private static ConfigurableApplicationContext run(String property, Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .run(
                        "--" + property,
                        "--spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.security.user.name=ada",
                        "--spring.security.user.password=secret");
    }
}
