package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.testing.http.Script;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import dev.mooring.testing.tls.SelfSigned;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller hears about a call that brought no good reply: not sent, or unknown, and why. */
@Timeout(60)
class OutcomeTest {
    private static final HttpCall CREATE =
            HttpCall.post("/create").query("secret", "s3cr3t").json("{\"a\":1}");

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken("hang before the head", FailureKind.RESPONSE_TIMEOUT, (request, reply) -> reply.hang()),
                broken("hang in the body", FailureKind.RESPONSE_TIMEOUT, (request, reply) -> {
                    reply.head(200, Map.of("Content-Length", "10")).write('x');
                    reply.raw("");
                    reply.hang();
                }),
                broken("reset after the request", FailureKind.CONNECTION_LOST, (request, reply) -> {
                    request.text();
                    reply.reset();
                }),
                broken("close after the request", FailureKind.CONNECTION_LOST, (request, reply) -> request.text()),
                broken("close before the body was read", FailureKind.CONNECTION_LOST, (request, reply) -> {}),
                broken("body that ends too soon", FailureKind.CONNECTION_LOST, (request, reply) -> {
                    request.text();
                    reply.head(200, Map.of("Content-Length", "10")).write('x');
                }),
                broken("chunk that ends too soon", FailureKind.CONNECTION_LOST, (request, reply) -> {
                    request.text();
                    reply.head(200, Map.of("Transfer-Encoding", "chunked"));
                    reply.raw("a\r\nx");
                }),
                broken("no HTTP", FailureKind.PROTOCOL_ERROR, (request, reply) -> {
                    request.text();
                    reply.raw("220 smtp.example.org ESMTP\r\n\r\n");
                }),
                broken("reply that is too large", FailureKind.PROTOCOL_ERROR, (request, reply) -> {
                    request.text();
                    reply.send(200, "text/plain", "x".repeat(1_001));
                }));
    }

    private static Arguments broken(String what, FailureKind kind, Script script) {
        return Arguments.of(what, kind, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void exchange_thatBreaksAfterTheConnect_hasAnUnknownOutcome(String what, FailureKind kind, Script script) {
        try (Rig rig = Rig.hasty()) {
            rig.server.answers(script);

            Throwable thrown = catchThrowable(() -> rig.backend.send(CREATE.atMost(1_000)));

            assertThat(thrown)
                    .isInstanceOfSatisfying(OutcomeUnknownException.class, e -> assertThat(e.kind())
                            .contains(kind))
                    .hasMessageStartingWith("POST /create at http://127.0.0.1:")
                    .hasMessageNotContaining("s3cr3t");
            System.out.println(what + ": " + thrown.getMessage());
            assertThat(rig.server.arrived()).as("never sent again by itself").isEqualTo(1);
            assertThat(rig.backend.dependency().breaker().counts().failed()).isEqualTo(Map.of(kind, 1L));
            assertThat(rig.backend.dependency().bulkhead().running()).isZero();
            rig.server.answers((request, reply) -> reply.json(200, "{}"));
            await().until(() -> rig.server.openConnections() == 0);
        }
    }

    @Test
    void connect_thatIsRefused_sentNothing() {
        try (Rig rig = Rig.patient()) {
            rig.server.goesAway();
            assertThat(catchThrowable(() -> rig.backend.send(CREATE)))
                    .isInstanceOfSatisfying(
                            NotSentException.class, e -> assertThat(e.kind()).contains(FailureKind.CONNECTION_REFUSED));
        }
    }

    @Test
    void name_withoutAnAddress_sentNothing() {
        NotSentException failed = notSent(Rig.settings(URI.create("http://no-such-host.invalid:5000"))
                .limits(limits -> limits.response(Rig.LONG)));
        assertThat(failed.kind()).contains(FailureKind.NAME_NOT_RESOLVED);
        assertThat(failed).hasMessage("POST /create at http://no-such-host.invalid:5000: its host name has no address");
    }

    @Test
    void connect_thatIsNotAnswered_sentNothing_whicheverLimitEndsIt() {
        try (ScriptedServer server = ScriptedServer.start();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
            proxy.inject(Fault.blackHole());
            HttpSettings settings = Rig.settings(URI.create("http://127.0.0.1:" + proxy.port()));
            assertThat(notSent(settings).kind()).contains(FailureKind.CONNECT_TIMEOUT);
            assertThat(notSent(settings.limits(
                                    limits -> limits.connect(Rig.SHORT).response(Rig.LONG)))
                            .kind())
                    .contains(FailureKind.CONNECT_TIMEOUT);
        }
    }

    @Test
    void certificate_ofAnUnknownAuthority_sentNothing_andOfAKnownOneWorks(@TempDir Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.in(folder);
        try (ScriptedServer server = ScriptedServer.startTls(certificate.context())) {
            HttpSettings settings = Rig.settings(server.uri()).limits(limits -> limits.response(Rig.LONG));
            assertThat(notSent(settings).kind()).contains(FailureKind.TLS_FAILED);
            try (HttpBackend backend = HttpBackend.of(settings.authorities(certificate.certificate()));
                    Mooring mooring = Mooring.supervise(backend.dependency())) {
                assertThat(backend.send(CREATE).status()).isEqualTo(200);
            }
            assertThat(server.arrived()).isEqualTo(1);
        }
    }

    private static NotSentException notSent(HttpSettings settings) {
        try (HttpBackend backend = HttpBackend.of(settings);
                Mooring mooring = Mooring.supervise(backend.dependency())) {
            Throwable thrown = catchThrowable(() -> backend.send(CREATE));
            assertThat(thrown).isInstanceOf(NotSentException.class);
            return (NotSentException) thrown;
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void deadlineOfTheCaller_cutsTheCall_andOnePassedAlreadySendsNothing() {
        try (Rig rig = Rig.patient();
                Deadline.Scope scope = Deadline.in(Rig.SHORT, Time.system()).open()) {
            rig.server.answers((request, reply) -> reply.hang());
            assertThat(catchThrowable(() -> rig.backend.send(CREATE))).isInstanceOf(OutcomeUnknownException.class);
            Deadline.Scope passed = Deadline.in(Duration.ZERO, Time.system()).open();
            assertThat(catchThrowable(() -> rig.backend.send(CREATE)))
                    .isInstanceOfSatisfying(
                            NotSentException.class, e -> assertThat(e.kind()).isEmpty())
                    .hasMessageContaining("no time was left to send it");
            passed.close();
            assertThat(rig.server.arrived()).isEqualTo(1);
            assertThat(rig.backend.dependency().breaker().counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void interruptedCaller_doesNotKnowTheOutcome_andBlamesNobody() throws Exception {
        try (Rig rig = Rig.patient()) {
            rig.server.answers((request, reply) -> reply.hang());
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                thrown.set(catchThrowable(() -> rig.backend.send(CREATE)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> rig.server.arrived() == 1);
            caller.interrupt();
            caller.join();
            assertThat(thrown.get()).isInstanceOfSatisfying(OutcomeUnknownException.class, e -> assertThat(e.kind())
                    .isEmpty());
            assertThat(flag).hasValue(true);
            assertThat(rig.backend.dependency().breaker().counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void callBeyondTheConnections_isSaturated_andSentNothing() throws Exception {
        try (Rig rig = Rig.with(settings -> settings.connections(1).limits(limits -> limits.response(Rig.LONG)))) {
            rig.server.answers((request, reply) -> reply.hang());
            CompletableFuture<Optional<Throwable>> first = CompletableFuture.supplyAsync(
                    () -> Optional.ofNullable(catchThrowable(() -> rig.backend.send(CREATE))));
            await().until(() -> rig.server.arrived() == 1);
            try (Deadline.Scope scope = Deadline.in(Rig.SHORT, Time.system()).open()) {
                assertThat(catchThrowable(() -> rig.backend.send(CREATE)))
                        .isInstanceOf(DependencySaturatedException.class);
            }
            rig.server.answers((request, reply) -> reply.json(200, "{}"));
            assertThat(first.get()).containsInstanceOf(OutcomeUnknownException.class);
            assertThat(rig.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void openBreaker_refusesAtOnce() {
        try (Rig rig = Rig.with(settings -> settings.breaker(breaker -> breaker.failures(2)))) {
            rig.server.answers((request, reply) -> reply.reset());
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowable(() -> rig.backend.send(CREATE))).isInstanceOf(OutcomeUnknownException.class);
            }
            assertThat(catchThrowable(() -> rig.backend.send(CREATE)))
                    .isInstanceOf(DependencyUnavailableException.class);
            assertThat(rig.server.arrived()).isEqualTo(2);
        }
    }

    @Test
    void close_endsCallsThatRun_andItsThreads() throws Exception {
        Rig rig = Rig.patient();
        rig.server.answers((request, reply) -> reply.hang());
        CompletableFuture<Throwable> running =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> rig.backend.send(CREATE)));
        await().until(() -> rig.server.arrived() == 1);

        rig.backend.close();

        assertThat(running.get()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(catchThrowable(() -> rig.backend.send(CREATE))).isInstanceOf(IllegalStateException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mooring-http-ranking-")));
        rig.close();
    }

    @Test
    void waits_areBoundedThoughTheServerSendsAByteNowAndThen() {
        try (Rig rig = Rig.hasty()) {
            CountDownLatch never = new CountDownLatch(1);
            rig.server.answers((request, reply) -> {
                reply.head(200, Map.of("Content-Length", "1000"));
                while (!never.await(20, TimeUnit.MILLISECONDS)) {
                    reply.raw("x");
                }
            });
            long begun = System.nanoTime();
            assertThat(catchThrowable(() -> rig.backend.send(CREATE))).isInstanceOf(OutcomeUnknownException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
