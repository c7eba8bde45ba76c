package dev.mooring.operations.authservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.HealthReport;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.operations.access.Scope;
import dev.mooring.settings.Secret;
import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedRequest;
import dev.mooring.testing.http.ScriptedServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The auth service on a real socket: what each kind of answer means, and what goes out. */
@Timeout(60)
class AuthServiceTest {
    private static final Secret KEY = Secret.of("key-of-ann");
    private static final String VALID =
            "{\"user_id\":\"ann\",\"key_id\":\"k1\",\"service_id\":\"registry\",\"scopes\":[\"models:read\"]}";
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private final ScriptedServer server = ScriptedServer.start();
    private AuthService service;
    private Mooring mooring;

    @BeforeEach
    void begin() {
        begin(1_000);
    }

    private void begin(int failures) {
        HttpSettings settings = HttpSettings.at("auth", server.uri())
                .limits(limits -> limits.response(TIMEOUT))
                .retry(retry -> retry.attempts(1))
                .breaker(breaker -> breaker.failures(failures));
        service = new AuthService(settings, "registry", Set.of(new Scope("models:read"), Scope.OPS_ACT));
        mooring = Mooring.supervise(service.dependency());
    }

    @AfterEach
    void end() {
        mooring.close();
        service.close();
        server.close();
    }

    @Test
    void question_carriesKeyServiceAddressAndIds() throws Exception {
        server.answers((request, reply) -> {
            JsonNode body = JsonMapper.shared().readTree(request.text());
            boolean asExpected = body.path("service_id").asString().equals("registry")
                    && body.path("client_ip").asString().equals("10.0.0.7");
            reply.json(asExpected ? 200 : 500, VALID);
        });
        MDC.put("request_id", "r-1");
        try {
            assertThat(service.ask(KEY, "10.0.0.7")).isInstanceOfSatisfying(Outcome.Valid.class, valid -> assertThat(
                            valid.caller().name())
                    .isEqualTo("auth:ann/k1"));
        } finally {
            MDC.clear();
        }
        ScriptedRequest request = server.requests().get(0);
        assertThat(request.toString()).isEqualTo("POST /api/v1/keys/validate");
        assertThat(request.header("Authorization")).contains("Bearer key-of-ann");
        assertThat(request.header("X-Request-ID")).contains("r-1");
    }

    @Test
    void status401_isInvalid_whateverItsBody() throws Exception {
        server.answers((request, reply) -> reply.send(401, "text/html", "<html>no</html>"));

        assertThat(service.ask(KEY, "10.0.0.7")).isInstanceOf(Outcome.Invalid.class);
        assertThat(service.dependency().breaker().view().failuresInARow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 414, 422, 431})
    void statusAboutTheQuestion_isUnclear_andDoesNotShutOutOtherKeys(int status) {
        server.answers((request, reply) -> reply.json(status, "{}"));

        assertThat(service.ask(KEY, "10.0.0.7")).isInstanceOf(Outcome.Unclear.class);
        assertThat(service.dependency().breaker().view().failuresInARow()).isZero();
        await().until(() -> mooring.health().overall() == HealthReport.Overall.DEGRADED);
    }

    /** Everything else that is neither 401 nor a whole 200. */
    static Stream<Map.Entry<String, Script>> unclearAnswers() {
        Map<String, Script> scripts = new LinkedHashMap<>();
        for (int status : new int[] {204, 301, 302, 307, 403, 404, 405, 429, 500, 501, 502, 503}) {
            scripts.put("status " + status, (request, reply) -> reply.json(status, VALID));
        }
        scripts.put("redirect", (request, reply) -> {
            reply.head(307, Map.of("Location", "/elsewhere", "Content-Length", "0"));
            reply.done();
        });
        scripts.put("HTML", (request, reply) -> reply.send(200, "text/html", "<html>it works</html>"));
        scripts.put("another service", (request, reply) -> reply.json(200, VALID.replace("registry", "other")));
        scripts.put("no body", (request, reply) -> reply.json(200, ""));
        scripts.put("a body that is cut off", (request, reply) -> {
            reply.head(200, Map.of("Content-Type", "application/json", "Content-Length", "500"));
            reply.raw(VALID);
            reply.reset();
        });
        scripts.put("a body that is too large", (request, reply) -> reply.json(200, " ".repeat(70_000) + VALID));
        scripts.put("no HTTP", (request, reply) -> reply.raw("hello\r\n\r\n"));
        scripts.put("a reset", (request, reply) -> reply.reset());
        scripts.put("silence", (request, reply) -> reply.hang());
        return scripts.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("unclearAnswers")
    void anythingElse_isUnclear_andCountsAgainstTheService(Map.Entry<String, Script> answer) {
        server.answers(answer.getValue());

        assertThat(service.ask(KEY, "10.0.0.7")).isInstanceOf(Outcome.Unclear.class);
        assertThat(service.dependency().breaker().view().failuresInARow()).isEqualTo(1);
    }

    @Test
    void serviceThatIsGone_isAwayOnceTheBreakerIsOpen() {
        mooring.close();
        service.close();
        begin(3);
        server.goesAway();
        assertThat(service.isAway()).isFalse();

        await().until(() -> service.ask(KEY, "10.0.0.7") instanceof Outcome.Unclear && service.isAway());

        assertThat(service.ask(KEY, "10.0.0.7")).isInstanceOf(Outcome.Unclear.class);
        assertThat(mooring.health().overall()).isEqualTo(HealthReport.Overall.DEGRADED);
        assertThat(mooring.health().ready()).isTrue();
    }
}
