package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.tls.ClientFiles;
import dev.mooring.testing.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of both sides, on a server that demands the client's. */
@Tag("server")
@Timeout(60)
class TlsTest {
    private static final String OWN = "select client_dn from pg_stat_ssl where pid = pg_backend_pid()";

    @TempDir
    private static Path folder;

    private static ClientFiles client;
    private static ClientFiles stranger;
    private static TestPostgres server;

    @BeforeAll
    static void start() throws Exception {
        client = ClientFiles.in(Files.createDirectory(folder.resolve("client")), Rig.USER, "-keyalg", "RSA");
        stranger = ClientFiles.in(Files.createDirectory(folder.resolve("stranger")), Rig.USER, "-keyalg", "EC");
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                hostssl mlflow_db registry 127.0.0.1/32 cert
                host all postgres,admin 127.0.0.1/32 scram-sha-256
                host all all 127.0.0.1/32 scram-sha-256
                """);
        server = TestPostgres.builder()
                .tls()
                .settingFile("ssl_ca_file", client.certificate())
                .settingFile("hba_file", rules)
                .start();
        Rig.prepare(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> with(Object... more) {
        Map<String, String> settings = new HashMap<>(Map.of("DATABASE_HOST", "localhost"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put("DATABASE_" + more[i], more[i + 1].toString());
        }
        return settings;
    }

    private static Failure failure(Map<String, String> settings) {
        try (Rig rig = Rig.on(server, settings)) {
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> rig.health().lastFailure().isPresent());
            return rig.health().lastFailure().orElseThrow();
        }
    }

    @Test
    void clientCertificate_inEachFormAndEachMode_logsIn() throws Exception {
        List<Map<String, String>> all = List.of(
                with("SSLMODE", "require", "SSLCERT", client.certificate(), "SSLKEY", client.key()),
                with(
                        "SSLROOTCERT",
                        server.certificate(),
                        "SSLCERT",
                        client.certificate(),
                        "SSLKEY",
                        client.binaryKey()),
                with(
                        "SSLROOTCERT",
                        server.certificate(),
                        "SSLCERT",
                        client.certificate(),
                        "SSLKEY",
                        client.encryptedKey(),
                        "SSLPASSWORD",
                        ClientFiles.PASSWORD),
                with("HOST", "127.0.0.1", "SSLKEY", client.store(), "SSLPASSWORD", ClientFiles.PASSWORD));
        for (Map<String, String> settings : all) {
            try (Rig rig = Rig.on(server, settings).awaitUp()) {
                assertThat(rig.query(OWN)).as("%s", settings).isEqualTo("/CN=registry");
            }
        }
    }

    @Test
    void clientCertificate_inATimeZoneThatTheServerDoesNotKnow_logsInInUtc() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(new SimpleTimeZone(0, "PST"));
        try (Rig rig = Rig.on(server, with("SSLCERT", client.certificate(), "SSLKEY", client.key()))
                .awaitUp()) {
            assertThat(rig.query(OWN)).isEqualTo("/CN=registry");
            assertThat(rig.query("show timezone")).isEqualTo("UTC");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void clientCertificate_missingOrOfAStranger_isNoLogin() {
        assertThat(failure(with("SSLMODE", "require")).kind()).isEqualTo(FailureKind.AUTHENTICATION_FAILED);
        Failure unknown = failure(with("SSLCERT", stranger.certificate(), "SSLKEY", stranger.key()));
        if (unknown.kind() == FailureKind.CONNECTION_LOST) {
            assertThat(unknown.message()).contains("the server's log says whether it refused our certificate");
        } else {
            assertThat(unknown.kind()).isEqualTo(FailureKind.TLS_FAILED);
        }
    }

    @Test
    void clientCertificate_besideAuthoritiesOfTheJdk_verifiesTheServer() {
        Failure failure =
                failure(with("SSLROOTCERT", "system", "SSLCERT", client.certificate(), "SSLKEY", client.key()));

        assertThat(failure.kind()).as("the JDK knows no such authority").isEqualTo(FailureKind.TLS_FAILED);
    }

    @Test
    @Tag("long")
    void clientCertificate_renewedWhileItRuns_isUsedByTheNextLogin() throws Exception {
        Path certificate = Files.copy(client.certificate(), folder.resolve("renewed.crt"));
        Path key = Files.copy(client.key(), folder.resolve("renewed.key"));
        try (Rig rig =
                Rig.on(server, with("SSLCERT", certificate, "SSLKEY", key)).awaitUp()) {
            Files.writeString(key, "broken");
            server.admin().disconnectAll();
            await().atMost(Duration.ofSeconds(20)).until(() -> rig.health()
                    .lastFailure()
                    .filter(failed -> failed.kind() == FailureKind.TLS_FAILED)
                    .isPresent());
            assertThat(rig.health().lastFailure().orElseThrow().message())
                    .contains("client certificate cannot be used");

            Files.copy(client.key(), key, StandardCopyOption.REPLACE_EXISTING);
            rig.awaitQuery(Duration.ofSeconds(15));
        }
    }

    @Test
    void rootCertificate_withoutAMode_verifiesTheServer() throws Exception {
        server.admin().createRole("reader", Rig.PASSWORD);
        server.admin().execute("grant connect on database mlflow_db to reader");
        for (String host : List.of("localhost", "127.0.0.1")) {
            Map<String, String> trusted = with("HOST", host, "USER", "reader", "SSLROOTCERT", server.certificate());
            try (Rig rig = Rig.on(server, trusted).awaitUp()) {
                assertThat(rig.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
            Map<String, String> other = with("HOST", host, "USER", "reader", "SSLROOTCERT", stranger.certificate());
            assertThat(failure(other).kind()).isEqualTo(FailureKind.TLS_FAILED);
        }
    }

    @Test
    void channelBinding_overTls_logsIn() throws Exception {
        server.admin().createRole("bound", Rig.PASSWORD);
        Map<String, String> bound =
                with("USER", "bound", "SSLROOTCERT", server.certificate(), "PARAMETERS", "channel_binding=require");
        try (Rig rig = Rig.on(server, bound).awaitUp()) {
            assertThat(rig.query("select 1")).isEqualTo("1");
        }
    }
}
