package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.http.settings.Credentials;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.tls.SelfSigned;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What probes find out about a backend, and what follows from it for calls. */
@Timeout(60)
class SupervisionTest {
    private static final String QUESTION = "/search?max_results=1";
    private static final HttpProbe PROBE = HttpProbe.get(QUESTION);
    private static final HttpCall CREATE = HttpCall.post("/create").json("{}");

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                none("500", FailureKind.HTTP_ERROR, "answered with status 500", answer(500, "application/json", "{}")),
                none("429", FailureKind.HTTP_ERROR, "answered with status 429", answer(429, "text/plain", "slower")),
                none("401", FailureKind.AUTHENTICATION_FAILED, "answered with status 401", answer(401, "a/b", "")),
                none("403", FailureKind.PERMISSION_DENIED, "answered with status 403", answer(403, "a/b", "")),
                none("404", FailureKind.PROTOCOL_ERROR, "answered with status 404", answer(404, "text/html", "<a>")),
                none("302", FailureKind.PROTOCOL_ERROR, "answered with status 302", answer(302, "text/html", "<a>")),
                none(
                        "a page",
                        FailureKind.PROTOCOL_ERROR,
                        "answered 200 with text/html instead of JSON",
                        answer(200, "text/html", "<html>")),
                none(
                        "half of a document",
                        FailureKind.PROTOCOL_ERROR,
                        "answered 200 with application/json instead of JSON",
                        answer(200, "application/json", "{\"models\":[")),
                none(
                        "a reset",
                        FailureKind.CONNECTION_LOST,
                        "ended before the whole",
                        (request, reply) -> reply.reset()),
                none("an end", FailureKind.CONNECTION_LOST, "ended before the whole", (request, reply) -> {}),
                none(
                        "a body that ends too soon",
                        FailureKind.CONNECTION_LOST,
                        "ended before the whole",
                        (request, reply) ->
                                reply.head(200, Map.of("Content-Length", "10")).write('{')),
                none(
                        "a chunk that ends too soon",
                        FailureKind.CONNECTION_LOST,
                        "ended before the whole",
                        (request, reply) -> {
                            reply.head(200, Map.of("Transfer-Encoding", "chunked"));
                            reply.raw("9\r\n{");
                        }),
                none(
                        "a chunk without a size",
                        FailureKind.PROTOCOL_ERROR,
                        "a chunk without a size",
                        (request, reply) -> {
                            reply.head(200, Map.of("Transfer-Encoding", "chunked"));
                            reply.raw("zz\r\n{}");
                        }),
                none(
                        "a header without a name",
                        FailureKind.PROTOCOL_ERROR,
                        "a header without a name",
                        (request, reply) -> reply.raw("HTTP/1.1 200 OK\r\n: x\r\n\r\n")),
                none(
                        "no HTTP",
                        FailureKind.PROTOCOL_ERROR,
                        "is not HTTP",
                        (request, reply) -> reply.raw("SSH-2.0-OpenSSH_9.2\r\n")),
                none(
                        "an endless head",
                        FailureKind.PROTOCOL_ERROR,
                        "head of the answer is larger than 65536",
                        (request, reply) -> reply.raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000))),
                none(
                        "two MiB",
                        FailureKind.PROTOCOL_ERROR,
                        "larger than 1048576 bytes",
                        (request, reply) -> reply.head(200, Map.of("Content-Length", "2097152"))));
    }

    private static Arguments none(String what, FailureKind kind, String words, Script script) {
        return Arguments.of(what, kind, words, script);
    }

    private static Script answer(int status, String type, String body) {
        return (request, reply) -> reply.send(status, type, body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatAreNone")
    @Execution(ExecutionMode.CONCURRENT)
    void probe_thatGetsNoGoodAnswer_isAFailureOfThatKind(String what, FailureKind kind, String words, Script script)
            throws Exception {
        try (Rig rig = Rig.probed(PROBE, settings -> settings.breaker(breaker -> breaker.failures(1)))) {
            rig.server.answers(script);
            await().until(() -> rig.health().status() == Status.DOWN);
            assertThat(rig.health().lastFailure().orElseThrow().kind()).isEqualTo(kind);
            assertThat(rig.health().lastFailure().orElseThrow().message()).contains(words);
            assertThat(rig.mooring.health().ready()).as("an optional backend").isTrue();
        }
    }

    static Stream<Arguments> answersThatAreGood() {
        return Stream.of(
                Arguments.of("an empty object", answer(200, "application/json", "{}")),
                Arguments.of("a list", answer(200, "application/json; charset=utf-8", " [1]\n")),
                Arguments.of("chunks", (Script) (request, reply) -> {
                    reply.raw("HTTP/1.1 100 Continue\r\n\r\n");
                    reply.head(200, Map.of("Transfer-Encoding", "chunked", "Content-Type", "application/json"));
                    reply.raw("1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n");
                }),
                Arguments.of("a body without a length", (Script) (request, reply) -> {
                    reply.head(200, Map.of("Content-Type", "application/json"));
                    reply.raw("{}");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatAreGood")
    @Execution(ExecutionMode.CONCURRENT)
    void probe_thatGetsJson_findsTheBackendUp(String what, Script script) throws Exception {
        try (Rig rig = Rig.probed(
                PROBE, settings -> settings.credentials(Credentials.bearer(SecretSource.fixed(Secret.of("token")))))) {
            rig.server.answers(script);
            await().until(() -> rig.health().status() == Status.UP);
            assertThat(rig.server.requests()).allSatisfy(request -> {
                assertThat(request).hasToString("GET " + QUESTION);
                assertThat(request.header("Authorization")).contains("Bearer token");
            });
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void probe_overTls_checksCertificateAndName(@TempDir Path folder) {
        SelfSigned certificate = SelfSigned.in(folder);
        try (ScriptedServer server = ScriptedServer.startTls(certificate.context())) {
            URI byName = URI.create("https://localhost:" + server.port());
            try (HttpBackend trusted = HttpBackend.with(Rig.settings(byName).authorities(certificate.certificate()))
                            .probe(PROBE)
                            .build();
                    HttpBackend untrusted = HttpBackend.with(Rig.settings(byName))
                            .probe(PROBE)
                            .dependency(dependency -> dependency.optional())
                            .build();
                    Mooring one = Mooring.supervise(trusted.dependency());
                    Mooring other = Mooring.supervise(untrusted.dependency())) {
                await().until(() ->
                        one.health().dependency("ranking").orElseThrow().status() == Status.UP);
                await().until(() ->
                        other.health().dependency("ranking").orElseThrow().status() == Status.DOWN);
                assertThat(other.health()
                                .dependency("ranking")
                                .orElseThrow()
                                .lastFailure()
                                .orElseThrow()
                                .kind())
                        .isEqualTo(FailureKind.TLS_FAILED);
            }
        }
    }

    @Test
    void callsThatFail_withAProbeThatIsAnswered_openNothing() throws Exception {
        try (Rig rig = Rig.probed(PROBE, settings -> settings.breaker(breaker -> breaker.failures(3)))) {
            rig.server.answers((request, reply) -> {
                if (request.target().equals(QUESTION)) {
                    reply.json(200, "{}");
                } else {
                    reply.json(500, "{}");
                }
            });
            await().until(() -> rig.health().status() == Status.UP);
            for (int i = 0; i < 50; i++) {
                assertThat(rig.backend.send(CREATE).status()).isEqualTo(500);
            }
            assertThat(rig.backend.dependency().breaker().view().state()).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void backendThatHangsAndComesBack_isDownAfterItsTimeout_andItsCallsGoOutOnNewConnections() throws Exception {
        ProbeTiming quick = new ProbeTiming(Duration.ofMillis(200), Duration.ofSeconds(1));
        try (Rig rig = Rig.probed(PROBE, settings -> settings.timing(quick))) {
            await().until(() -> rig.health().status() == Status.UP);
            rig.backend.send(CREATE);
            rig.server.answers((request, reply) -> reply.hang());
            await().until(() -> rig.health().status() == Status.DOWN);

            rig.server.answers((request, reply) -> reply.json(200, "{}"));
            long back = System.nanoTime();
            await().until(() -> rig.health().status() == Status.UP);
            System.out.printf(
                    "measured http backend that hung, up again: %d ms (at most 1500 ms)%n",
                    Duration.ofNanos(System.nanoTime() - back).toMillis());

            rig.backend.send(CREATE);
            assertThat(rig.server
                            .requests()
                            .get(rig.server.requests().size() - 1)
                            .onItsConnection())
                    .as("a connection of after the outage, which the verification opened")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void backendThatIsSwitchedOff_isNeverAsked() {
        try (Rig rig = Rig.probed(PROBE, settings -> settings.enabled(false))) {
            await().until(() -> rig.health().status() == Status.DISABLED);
            assertThat(rig.server.connections()).isZero();
        }
    }
}
