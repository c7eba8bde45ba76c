package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Examiner;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.http.settings.Credentials;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.testing.diagnosis.FaultRow;
import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.testing.tls.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table of faults of an HTTP backend: each row breaks one layer for real, and the remedy of its check heals it. */
@Timeout(120)
class FaultTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String TOKEN = "token-marker";
    private static final Script WELL = (request, reply) -> reply.json(200, "{}");
    private static final HttpProbe PROBE = HttpProbe.get("/models");

    @TempDir
    private static Path folder;

    private static ScriptedServer server;
    private static FaultProxy proxy;

    /** The settings of the next examination; the tests of one factory run one after the other. */
    private static final AtomicReference<HttpSettings> PRESENT = new AtomicReference<>();

    @BeforeAll
    static void start() {
        server = ScriptedServer.start();
        server.answers(WELL);
        proxy = FaultProxy.to("127.0.0.1", server.port());
        at("http://127.0.0.1:" + proxy.port());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    private static void at(String address) {
        PRESENT.set(HttpSettings.at("ranking", URI.create(address)));
    }

    private static FaultRow.Act address(String address) {
        return () -> at(address);
    }

    private static FaultRow.Act back() {
        return address("http://127.0.0.1:" + proxy.port());
    }

    private static Examination examination() {
        return HttpBackend.examination(PRESENT.get(), Optional.of(PROBE), LIMIT);
    }

    private static Stream<DynamicTest> tests(FaultRow... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.fault(), () -> row.prove(FaultTableTest::examination, LIMIT)));
    }

    private static FaultRow answering(Layer layer, String code, Script script) {
        return FaultRow.of(layer, code, () -> server.answers(script), () -> server.answers(WELL));
    }

    @TestFactory
    Stream<DynamicTest> network_brokenInEachWay_isFoundAndHealed() {
        return tests(
                FaultRow.of(Layer.NAME, "http-name", address("http://no-such-backend.invalid:5000"), back()),
                FaultRow.of(Layer.TCP, "http-refused", () -> proxy.inject(Fault.refuse()), () -> proxy.heal()),
                FaultRow.of(Layer.TCP, "http-reachable", () -> proxy.inject(Fault.blackHole()), () -> proxy.heal()),
                FaultRow.of(Layer.QUERY, "http-answer", () -> proxy.inject(Fault.silence()), () -> proxy.heal())
                        .called("silent network"));
    }

    @TestFactory
    Stream<DynamicTest> answer_wrongInEachWay_isFoundAndHealed() {
        return tests(
                answering(Layer.LOG_IN, "http-credentials", (request, reply) -> reply.json(401, "{}"))
                        .because("No token is set"),
                answering(Layer.LOG_IN, "http-credentials", (request, reply) -> reply.json(403, "{}"))
                        .because("No token is set")
                        .called("forbidden"),
                answering(Layer.QUERY, "http-answer", (request, reply) -> reply.hang())
                        .called("hanging backend"),
                answering(Layer.QUERY, "http-hang-up", (request, reply) -> reply.reset()),
                answering(Layer.QUERY, "http-speaks", (request, reply) -> reply.raw("220 mail ready\r\n"))
                        .because("another service"),
                answering(Layer.QUERY, "http-speaks", (request, reply) -> reply.raw("\u0015\u0003\u0003\u0000"))
                        .because("The port speaks TLS")
                        .called("alert of TLS"),
                answering(Layer.QUERY, "http-server", (request, reply) -> reply.json(500, "{}"))
                        .because("It fails"),
                answering(Layer.QUERY, "http-server", (request, reply) -> reply.json(504, "{}"))
                        .because("no target")
                        .called("time limit of the proxy"),
                answering(Layer.QUERY, "http-server", (request, reply) -> reply.json(503, "{}"))
                        .because("It fails", "no target")
                        .called("no target behind the proxy"),
                answering(Layer.QUERY, "http-busy", (request, reply) -> reply.json(429, "{}")),
                answering(Layer.QUERY, "http-path", (request, reply) -> reply.json(404, "{}")),
                answering(
                        Layer.QUERY,
                        "http-content",
                        (request, reply) -> reply.send(200, "text/html", "<html>log in</html>")),
                answering(
                        Layer.SETTINGS,
                        "http-clock",
                        (request, reply) ->
                                reply.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                                        + "Date: Thu, 01 Jan 2015 00:00:00 GMT\r\nConnection: close\r\n\r\n{}")));
    }

    @TestFactory
    Stream<DynamicTest> tls_brokenInEachWay_isFoundAndHealed() throws Exception {
        Authority authority = Authority.in(folder);
        AtomicReference<ScriptedServer> secure = new AtomicReference<>();
        FaultRow.Act well =
                present(secure, authority, "-1d", 90, "dns:localhost,ip:127.0.0.1", authority.certificate());
        return tests(
                        FaultRow.of(
                                Layer.TLS, "http-tls-handshake", address("https://127.0.0.1:" + server.port()), back()),
                        FaultRow.of(
                                Layer.TLS,
                                "http-tls-authority",
                                present(secure, authority, "-1d", 90, "ip:127.0.0.1", null),
                                well),
                        FaultRow.of(
                                Layer.TLS,
                                "http-tls-dates",
                                present(secure, authority, "-60d", 30, "ip:127.0.0.1", authority.certificate()),
                                well),
                        FaultRow.of(
                                Layer.TLS,
                                "http-tls-name",
                                present(secure, authority, "-1d", 90, "dns:other.internal", authority.certificate()),
                                well),
                        FaultRow.of(
                                Layer.TLS,
                                "http-tls-expiry",
                                present(secure, authority, "-1d", 6, "ip:127.0.0.1", authority.certificate()),
                                well))
                .onClose(() -> {
                    secure.get().close();
                    at("http://127.0.0.1:" + proxy.port());
                });
    }

    /** Starts a server with such a certificate in place of the one before, and trusts {@code trusted}, or the JDK's authorities. */
    private static FaultRow.Act present(
            AtomicReference<ScriptedServer> secure,
            Authority authority,
            String start,
            int days,
            String names,
            @Nullable Path trusted) {
        return () -> {
            ScriptedServer next = ScriptedServer.startTls(authority.context(authority.issue(start, days, names)));
            next.answers(WELL);
            ScriptedServer before = secure.getAndSet(next);
            if (before != null) {
                before.close();
            }
            HttpSettings settings = HttpSettings.at("ranking", URI.create("https://127.0.0.1:" + next.port()));
            PRESENT.set(trusted == null ? settings : settings.authorities(trusted));
        };
    }

    @Test
    void wellBackend_examined_showsEvidence_andSendsItsCredentials() throws Exception {
        HttpSettings settings = PRESENT.get().credentials(Credentials.bearer(SecretSource.fixed(Secret.of(TOKEN))));
        server.forget();

        Diagnosis diagnosis = Examiner.examine(
                "ranking", false, HttpBackend.examination(settings, Optional.of(PROBE), LIMIT), Duration.ofSeconds(30));

        assertThat(diagnosis.broken()).as(diagnosis.line()).isEmpty();
        assertThat(diagnosis.line())
                .contains("the credentials are accepted")
                .contains("status 200 in")
                .doesNotContain(TOKEN);
        assertThat(server.requests()).singleElement().asString().contains("/models");
    }

    @Test
    void supervisedBackendWithoutAProbe_isExaminedUpToTls_andGetsNoRequest() throws Exception {
        server.forget();
        try (HttpBackend backend = HttpBackend.of(PRESENT.get())) {
            Diagnosis diagnosis =
                    backend.dependency().diagnose(Duration.ofSeconds(20)).orElseThrow();

            assertThat(diagnosis.layers())
                    .extracting(LayerResult::layer)
                    .containsExactly(Layer.NAME, Layer.TCP, Layer.TLS);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void backendWithoutAProbe_isWellWithAnyAnswerOfHttp() throws Exception {
        server.answers((request, reply) -> reply.send(404, "text/plain", "nothing here"));

        Diagnosis diagnosis = Examiner.examine(
                "auth", false, HttpBackend.examination(PRESENT.get(), Optional.empty(), LIMIT), Duration.ofSeconds(30));

        server.answers(WELL);
        assertThat(diagnosis.broken()).as(diagnosis.line()).isEmpty();
        assertThat(diagnosis.line()).contains("status 404");
    }
}
