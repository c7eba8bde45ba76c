package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for the password in a readable form, without TLS, does not get it. */
@Tag("server")
@Timeout(60)
class ClearTextTest {
    @TempDir
    private Path folder;

    private TestPostgres server(String method) throws Exception {
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"),
                "host mlflow_db registry 127.0.0.1/32 " + method + "\nhost all all 127.0.0.1/32 scram-sha-256\n");
        TestPostgres server =
                TestPostgres.builder().tls().settingFile("hba_file", rules).start();
        server.admin()
                .execute("set password_encryption = '" + (method.equals("md5") ? "md5" : "scram-sha-256")
                        + "'; create role registry login password '" + Rig.PASSWORD + "'");
        server.admin().createDatabase("mlflow_db", Rig.USER);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "md5"})
    void passwordThatCouldBeRead_withoutTls_isRefusedAndToldWhatToChange(String method) throws Exception {
        try (TestPostgres server = server(method)) {
            for (String mode : new String[] {"disable", "prefer"}) {
                try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", mode))) {
                    await().atMost(Duration.ofSeconds(5))
                            .until(() -> rig.health().lastFailure().isPresent());
                    Failure failure = rig.health().lastFailure().orElseThrow();
                    assertThat(failure.kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);
                    assertThat(failure.message())
                            .contains("DATABASE_REQUIRE_AUTH excludes (!password,!md5), so no password was sent")
                            .contains("scram-sha-256");
                }
            }
            for (Map<String, String> allowed : List.of(
                    Map.of("DATABASE_SSLMODE", "disable", "DATABASE_REQUIRE_AUTH", method),
                    Map.of("DATABASE_SSLMODE", "require"))) {
                try (Rig rig = Rig.on(server, allowed).awaitUp()) {
                    assertThat(rig.query("select 1")).isEqualTo("1");
                }
            }
        }
    }

    @Test
    void serverThatAsksForNoPassword_isFineUnlessScramIsRequired() throws Exception {
        try (TestPostgres server = server("trust")) {
            try (Rig rig = Rig.on(server, Map.of("DATABASE_SSLMODE", "disable")).awaitUp()) {
                assertThat(rig.query("select 1")).isEqualTo("1");
            }
            Map<String, String> scram = Map.of("DATABASE_SSLMODE", "disable", "DATABASE_REQUIRE_AUTH", "scram-sha-256");
            try (Rig rig = Rig.on(server, scram)) {
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> rig.health().lastFailure().isPresent());
                assertThat(rig.health().lastFailure().orElseThrow().message())
                        .contains("DATABASE_REQUIRE_AUTH excludes (scram-sha-256)");
            }
        }
    }

    /** 3 asks for clear text, 5 for MD5 with the salt that follows. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void strangerOnThePort_thatAsksForThePassword_receivesNothingOfIt(int method) throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> ask(stranger, method, received), "stranger");
            answers.start();
            Map<String, String> environment = new HashMap<>(Rig.environment(stranger.getLocalPort()));
            environment.put("DATABASE_SSLMODE", "disable");
            Postgres postgres = Postgres.of(Rig.settings(environment));
            try (var mooring = Mooring.supervise(postgres.dependency())) {
                await().atMost(Duration.ofSeconds(5)).until(() -> mooring.health()
                        .dependency("database")
                        .orElseThrow()
                        .lastFailure()
                        .isPresent());
            } finally {
                postgres.close();
            }
            stranger.close();
            answers.join();
        }
        String all = received.toString(StandardCharsets.ISO_8859_1);
        assertThat(all).as("the log-in began").contains("registry");
        assertThat(all).doesNotContain(Rig.PASSWORD).doesNotContain("md5");
    }

    private static void ask(ServerSocket stranger, int method, ByteArrayOutputStream received) {
        while (true) {
            try (Socket client = stranger.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                received.write(in.readNBytes(in.readInt() - 4));
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeByte('R');
                out.writeInt(method == 5 ? 12 : 8);
                out.writeInt(method);
                if (method == 5) {
                    out.writeInt(0x01020304);
                }
                out.flush();
                received.write(in.readAllBytes());
            } catch (IOException closed) {
                if (stranger.isClosed()) {
                    return;
                }
            }
        }
    }
}
