package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a newcomer starts it, as a process: it keeps every registration that it answered, whatever the test kills. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedServeTest {
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";

    /** One for all tests: unpacking and making the data take seconds. */
    @TempDir
    static Path home;

    @AfterEach
    void endServerThatWasLeftBehind() throws IOException {
        server().ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(5)).until(() -> server().isEmpty());
    }

    @Test
    void registration_answered201_isThereOnceAfterTheServiceWasKilled() throws Exception {
        String registered;
        try (Served first = Served.onEmbedded(home).awaitReady()) {
            Served.measured("clean folder to ready", first.age(), "20000 ms");
            assertThat(first.get("/health/detailed").body())
                    .as("the embedded server is asked for SCRAM only")
                    .contains("DATABASE_REQUIRE_AUTH", "scram-sha-256");
            HttpResponse<String> answer = first.post("/models/register", MODEL, "Idempotency-Key", "kill-service");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            registered = answer.body();
            first.kill();
        }
        assertThat(server()).as("the server that was left behind").isPresent();

        try (Served second = Served.onEmbedded(home).awaitReady()) {
            Served.measured("ready again after kill -9 of the service", second.age(), "20000 ms");
            HttpResponse<String> replay = second.post("/models/register", MODEL, "Idempotency-Key", "kill-service");
            assertThat(replay.body()).isEqualTo(registered);
            assertThat(replay.headers().firstValue("Idempotent-Replay")).hasValue("true");
            assertThat(second.get("/models/churn/versions").body()).containsOnlyOnce("\"registration_id\"");
            assertThat(second.stop()).isZero();
        }
        assertThat(server()).as("the server after a clean stop").isEmpty();
    }

    @Test
    void embeddedServer_killed_isReadyAgainByItselfWithNothingLost() throws Exception {
        try (Served service = Served.onEmbedded(home).awaitReady()) {
            String version = service.post("/models/register", "{\"name\":\"kept\",\"source\":\"s3://a/m\"}")
                    .body();
            long killed = System.nanoTime();
            server().orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service.status("/models/kept/versions/1") == 200);

            Served.measured("answers again after kill -9 of the embedded server", Served.since(killed), "10000 ms");
            service.awaitReady();
            assertThat(version).contains("\"version\":\"1\"");
            assertThat(service.get("/models/kept/versions").body()).containsOnlyOnce("\"registration_id\"");
        }
    }

    @Test
    void port_thatAStrangerTookWhileTheServerWasDown_isLeftWithoutThePassword() throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Served service = Served.onEmbedded(home).awaitReady();
                ServerSocket stranger = takePort()) {
            Thread asking = new Thread(() -> askForPassword(stranger, received), "stranger");
            asking.start();

            service.process().awaitLine("the embedded PostgreSQL moves to port", Duration.ofSeconds(20));
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service.post("/models/register", "{\"name\":\"moved\",\"source\":\"s3://a/m\"}")
                                    .statusCode()
                            == 201);

            stranger.close();
            asking.join();
            assertThat(received.toString(StandardCharsets.ISO_8859_1))
                    .doesNotContain(Files.readString(home.resolve("postgres/mooring.password")));
            assertThat(service.stop()).isZero();
        }
    }

    /** Kills the embedded server and listens on its port before it is back. */
    private static ServerSocket takePort() throws IOException {
        int port = Integer.parseInt(Files.readString(home.resolve("postgres/mooring.port")));
        for (int attempt = 0; attempt < 20; attempt++) {
            await().atMost(Duration.ofSeconds(20)).until(() -> server().isPresent());
            ProcessHandle server = server().orElseThrow();
            server.destroyForcibly();
            await().atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> !server.isAlive());
            try {
                return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (IOException serverWasFaster) {
                // Once more.
            }
        }
        throw new AssertionError("the server is always faster");
    }

    /** Asks each client for the password in clear text, as a server without TLS may, and keeps what it sends. */
    private static void askForPassword(ServerSocket stranger, ByteArrayOutputStream received) {
        while (!stranger.isClosed()) {
            try (Socket client = stranger.accept()) {
                client.setSoTimeout(2000);
                DataInputStream in = new DataInputStream(client.getInputStream());
                received.write(in.readNBytes(in.readInt() - 4));
                client.getOutputStream().write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
                received.write(in.readAllBytes());
            } catch (IOException gone) {
                // The next one, unless the test has ended.
            }
        }
    }

    @Test
    @Tag("long")
    void timeZone_thatPostgresDoesNotKnow_isNoObstacle() throws IOException {
        try (Served service = Served.with(Map.of("MOORING_HOME", home.toString(), "TZ", "PST"))
                .awaitReady()) {
            String model = "{\"name\":\"zoned\",\"source\":\"s3://a/m\"}";
            assertThat(service.post("/models/register", model).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void signal_whileReady_endsWithExitCode0() {
        try (Served service = Served.onEmbedded(home).awaitReady()) {
            long asked = System.nanoTime();

            assertThat(service.stop()).as(service::toString).isZero();

            Served.measured("SIGTERM to exit, ready and idle", Served.since(asked), "5000 ms");
            assertThat(service.process().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("listening: http://127.0.0.1:" + service.port() + "   registry version ")
                            .contains(" pid " + service.process().pid()))
                    .last()
                    .asString()
                    .containsPattern("stopped: in \\d+\\.\\d s \\(SIGTERM\\)");
        }
    }

    @Test
    void signal_whileStarting_endsWithoutAnErrorAndExitCode0() {
        try (Served service = Served.onEmbedded(home)) {
            // The server of the database is the first thing that the service starts.
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> server().isPresent());

            assertThat(service.stop()).as(service::toString).isZero();

            assertThat(service.process().lines())
                    .noneMatch(line -> line.contains("rror") || line.contains("xception"))
                    .last()
                    .asString()
                    .contains("stopped: in ");
        }
    }

    @Test
    @Tag("long")
    void start_withoutDataBesideAHomeWithData_namesBoth(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve(".mooring/postgres"));
        Path below = Files.createDirectories(folder.resolve("project"));
        try (Served service = Served.in(below, Map.of())) {
            // Root alone may enter the folders above, and the home has its relative default.
            service.awaitReady();
            String line = service.process().awaitLine("data in ", Duration.ofSeconds(1));

            Path other = folder.toRealPath().resolve(".mooring");
            assertThat(line)
                    .contains("data in " + below.toRealPath().resolve(".mooring/postgres"))
                    .contains("this is a new, empty registry; " + other
                            + " has data of another: to use it, set MOORING_HOME=" + other);
        }
    }

    @Test
    @Tag("long")
    void folder_inUseByAnotherService_isRefusedWithExitCode2() {
        try (Served first = Served.onEmbedded(home).awaitLive();
                Served second = Served.onEmbedded(home)) {
            assertThat(second.process().awaitExit(Duration.ofSeconds(20))).isEqualTo(2);
            assertThat(second.process().lines())
                    .singleElement()
                    .asString()
                    .startsWith("mooring: MOORING_HOME is \"" + home + "\", which process "
                            + first.process().pid());
        }
    }

    @Test
    @Tag("long")
    void port_inUse_isToldInOneLineWithExitCode1() {
        try (Served first = Served.onEmbedded(home).awaitLive();
                Served second = Served.with(Map.of(
                        "PORT", String.valueOf(first.port()),
                        "DATABASE_HOST", "127.0.0.1",
                        "BIND_ADDRESS", "127.0.0.1"))) {
            assertThat(second.process().awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(second.process().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("mooring: PORT is \"" + first.port()
                            + "\", which another process listens on; stop that one or set another port");
        }
    }

    /** The embedded server of the folder, by its own file. */
    private static Optional<ProcessHandle> server() throws IOException {
        Path file = home.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
    }
}
