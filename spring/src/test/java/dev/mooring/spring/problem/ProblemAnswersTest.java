package dev.mooring.spring.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.spring.guarded.Guarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ProblemAnswersTest.App.class,
        properties = {
            "server.address=127.0.0.1",
            "mooring.shutdown-drain-delay=0",
            "mooring.problem.enabled=true",
            "mooring.problem.all=true",
            "mooring.correlation.enabled=true"
        })
class ProblemAnswersTest {
    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void unknownAddress_is404NotFound() throws Exception {
        assertThat(get("/nowhere")).satisfies(answer -> isProblem(answer, 404, "not_found"));
    }

    @Test
    void wrongMethod_is405AndTellsTheRightOne() throws Exception {
        HttpResponse<String> answer = send("PUT", "/things", "{}", "application/json");
        JsonNode body = isProblem(answer, 405, "method_not_allowed");
        assertThat(body.get("detail").asString()).isEqualTo("This address does not take PUT, it takes POST.");
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void brokenJson_is400MalformedJson() throws Exception {
        isProblem(send("POST", "/things", "{\"count\":", "application/json"), 400, "malformed_json");
    }

    @Test
    void emptyBody_is400MalformedJson() throws Exception {
        isProblem(send("POST", "/things", "", "application/json"), 400, "malformed_json");
    }

    @Test
    void fieldOfWrongType_is422AndNamesTheField() throws Exception {
        HttpResponse<String> answer = send("POST", "/things", "{\"count\":\"many\"}", "application/json");
        JsonNode body = isProblem(answer, 422, "invalid_request");
        assertThat(body.at("/errors/0/field").asString()).isEqualTo("count");
        assertThat(answer.body()).contains("\"errors\":[{\"field\":\"count\",\"message\":\"");
    }

    @Test
    void otherMediaType_is415() throws Exception {
        JsonNode body = isProblem(send("POST", "/things", "a=b", "text/plain"), 415, "unsupported_media_type");
        assertThat(body.get("detail").asString())
                .isEqualTo("This call does not take a body of the type text/plain; send it as application/json.");
    }

    @Test
    void parameterOfWrongType_is400AndNamesTheParameter() throws Exception {
        JsonNode body = isProblem(get("/limited?limit=few"), 400, "invalid_parameter");
        assertThat(body.at("/errors/0/field").asString()).isEqualTo("limit");
    }

    @Test
    void missingParameter_is400AndNamesTheParameter() throws Exception {
        isProblem(get("/limited"), 400, "invalid_parameter");
    }

    @Test
    void mistakeOfOurs_is500AndTellsNothingOfIt() throws Exception {
        HttpResponse<String> answer = get("/mistake");
        isProblem(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("marked-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "/ranked?by=refused,503,ranking_unavailable,connection_refused",
        "/ranked?by=garbage,502,ranking_failed,unknown"
    })
    void failedCallOfAGuardedMethod_isTheDependencysFaultWithItsKind(String path, int status, String code, String kind)
            throws Exception {
        JsonNode body = isProblem(get(path), status, code);

        assertThat(body.get("kind").asString()).isEqualTo(kind);
        assertThat(body.get("detail").asString()).isEqualTo("The call to ranking failed: " + kind + ".");
    }

    @Test
    void unavailableDependencyDeepInTheCauses_is503WithRetryAfter() throws Exception {
        HttpResponse<String> answer = get("/unavailable");
        JsonNode body = isProblem(answer, 503, "database_unavailable");
        assertThat(body.get("retry_after_seconds").asInt()).isPositive();
        assertThat(answer.headers().firstValue("Retry-After"))
                .contains(body.get("retry_after_seconds").asString());
    }

    @Test
    void saturatedDependency_is503Saturated() throws Exception {
        isProblem(get("/saturated"), 503, "saturated");
    }

    @Test
    void problemOfTheApplication_isAnsweredWithAllItsMembers() throws Exception {
        JsonNode body = isProblem(get("/own"), 503, "outcome_unknown");
        assertThat(body.get("registration_id").asString()).isEqualTo("r-1");
        assertThat(body.get("retry_after_seconds").asInt()).isEqualTo(3);
    }

    @Test
    void statusOfTheException_isThatOfTheProblem() throws Exception {
        JsonNode body = isProblem(get("/gone"), 410, "gone");
        assertThat(body.get("detail").asString()).isEqualTo("It was here once.");
    }

    /** Spring Security stands outside of the dispatcher and answers 401 or 403. */
    @Test
    void exceptionOfSpringSecurity_isNotAnswered() {
        ProblemAdvice advice = new ProblemAdvice(new ProblemMapping(error -> Optional.empty()));
        AccessDeniedException denied = new AccessDeniedException("not yours");

        assertThatThrownBy(() -> advice.answer(denied, new MockHttpServletRequest(), new MockHttpServletResponse()))
                .isSameAs(denied);
    }

    @Test
    void errorThatIsSentByServletApi_isAProblemToo() throws Exception {
        isProblem(get("/sent"), 409, "conflict");
    }

    @Test
    void encodedSlash_thatTomcatRefuses_isAProblemToo() throws Exception {
        isProblem(get("/things/a%2Fb"), 400, "bad_request");
    }

    /** One answer for each layer that writes errors: dispatcher, controller, servlet API, and Tomcat itself. */
    @ParameterizedTest
    @CsvSource({
        "/plain/nowhere,404,not_found",
        "/plain/own,503,outcome_unknown",
        "/plain/sent,409,conflict",
        "/plain/a%2Fb,400,bad_request"
    })
    void errorBelowThePathOfAnotherForm_hasThatForm(String path, int status, String code) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body())
                .isEqualTo(
                        code + " " + answer.headers().firstValue("X-Request-ID").orElse(""));
    }

    @Test
    void errorBelowThePathOfAnotherForm_hasTheWaitOfThatForm() throws Exception {
        assertThat(get("/plain/own").headers().firstValue("Retry-After")).contains("10");
    }

    @Test
    void errorBesideThePathOfAnotherForm_isAProblem() throws Exception {
        isProblem(get("/plainer"), 404, "not_found");
    }

    @Test
    void twoFormsOfOnePath_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorForms(List.of(new PlainForm(), new PlainForm()), code -> Optional.empty()))
                .withMessage("two forms of errors have the path /plain");
    }

    @Test
    void problem_hasNoType_unlessTheApplicationExplainsItsCode() throws Exception {
        assertThat(isProblem(get("/nowhere"), 404, "not_found").has("type")).isFalse();
        assertThat(isProblem(get("/own"), 503, "outcome_unknown").get("type").asString())
                .isEqualTo("/explained/outcome_unknown");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static JsonNode isProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.get("code").asString()).isEqualTo(code);
        assertThat(body.get("status").asInt()).isEqualTo(status);
        assertThat(body.get("detail").asString()).isNotBlank();
        assertThat(answer.headers().firstValue("X-Request-ID"))
                .contains(body.get("request_id").asString());
        return body;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    @Import({Things.class, PlainForm.class, Ranking.class})
    static class App {
        @Bean
        Dependency ranking() {
            return Dependency.named("ranking").optional().build();
        }

        @Bean
        ProblemTypes types() {
            return code -> code.equals("outcome_unknown") ? Optional.of("/explained/" + code) : Optional.empty();
        }
    }

    static class Ranking {
        @Guarded("ranking")
        public String rank(String by) throws IOException {
            throw by.equals("refused") ? new ConnectException("Connection refused") : new IOException("garbage");
        }
    }

    /** Errors as one line of text, which ask for a wait of at least 10 s. */
    static class PlainForm implements ErrorForm {
        @Override
        public Set<String> roots() {
            return Set.of("/plain");
        }

        @Override
        public ErrorAnswer answer(HttpServletRequest request, Problem problem, String requestId) {
            byte[] body = (problem.code() + " " + requestId).getBytes(StandardCharsets.UTF_8);
            return new ErrorAnswer(
                    problem.status(), problem.retryAfter().map(wait -> Duration.ofSeconds(10)), "text/plain", body);
        }
    }

    record Thing(int count) {}

    @ResponseStatus(code = HttpStatus.GONE, reason = "It was here once.")
    static class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @RestController
    static class Things {
        private final Ranking ranking;

        Things(Ranking ranking) {
            this.ranking = ranking;
        }

        @GetMapping("/ranked")
        String ranked(@RequestParam String by) throws IOException {
            return ranking.rank(by);
        }

        @PostMapping("/things")
        Map<String, Integer> make(@RequestBody Thing thing) {
            return Map.of("count", thing.count());
        }

        @GetMapping("/limited")
        List<Integer> limited(@RequestParam int limit) {
            return List.of(limit);
        }

        @GetMapping("/mistake")
        String mistake() {
            throw new IllegalStateException("marked-secret");
        }

        @GetMapping("/unavailable")
        String unavailable() {
            Dependency database = Dependency.named("database")
                    .probe(attempt -> {
                        throw new ConnectException("Connection refused");
                    })
                    .build();
            try (Mooring mooring = Mooring.supervise(database)) {
                database.acquire();
                return "admitted while " + mooring.health().overall();
            } catch (RuntimeException refused) {
                throw new IllegalStateException("deep", new IOException(refused));
            }
        }

        @GetMapping("/saturated")
        String saturated() {
            throw new DependencySaturatedException("database", "20 of 20 are busy");
        }

        @GetMapping({"/own", "/plain/own"})
        String own() {
            throw new ProblemException(Problem.of(503, "outcome_unknown", "Committed or not cannot be told.")
                    .withRetryAfter(Duration.ofMillis(2100))
                    .with("registration_id", "r-1"));
        }

        @GetMapping("/gone")
        String gone() {
            throw new Gone();
        }

        @GetMapping({"/sent", "/plain/sent"})
        void sent(HttpServletResponse response) throws IOException {
            response.sendError(409);
        }
    }
}
