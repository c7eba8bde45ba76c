package dev.mooring.postgres.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.postgres.tls.ClientFiles;
import dev.mooring.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
    @TempDir
    private static Path folder;

    private static ClientFiles files;
    private static ClientFiles others;

    @BeforeAll
    static void make() throws Exception {
        files = ClientFiles.in(Files.createDirectory(folder.resolve("one")), "clerk", "-keyalg", "RSA");
        others = ClientFiles.in(Files.createDirectory(folder.resolve("two")), "clerk", "-keyalg", "EC");
    }

    private static Settings settings(Object... variables) {
        Map<String, String> all = new HashMap<>(Map.of("DATABASE_HOST", "db.internal", "DATABASE_NAME", "models"));
        for (int i = 0; i < variables.length; i += 2) {
            all.put("DATABASE_" + variables[i], variables[i + 1].toString());
        }
        return Settings.ofEnvironment(all);
    }

    private static Server read(Object... variables) {
        return PostgresSettings.from(settings(variables)).server();
    }

    @ParameterizedTest
    @CsvSource({
        "db.internal,VERIFY_FULL",
        "localhost,VERIFY_FULL",
        "127.0.0.1,VERIFY_CA",
        "10.0.0.7,VERIFY_CA",
        "::1,VERIFY_CA",
        "'a,10.0.0.7',VERIFY_CA"
    })
    void rootCertificates_withoutAMode_areUsedAndNoWarning(String host, SslMode mode) {
        Settings settings = settings("HOST", host, "SSLROOTCERT", files.certificate());

        assertThat(PostgresSettings.from(settings).server().sslMode()).isEqualTo(mode);
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require"})
    void rootCertificates_besideAModeThatIgnoresThem_areRefused(String mode) {
        assertThatThrownBy(() -> read("SSLMODE", mode, "SSLROOTCERT", files.certificate()))
                .hasMessageContaining("DATABASE_SSLMODE is \"" + mode + "\"; expected verify-ca or verify-full, because"
                        + " DATABASE_SSLROOTCERT is set");
    }

    @Test
    void rootCertificates_inCode_raiseTheMode() {
        PostgresSettings settings = PostgresSettings.at("db.internal", 5432, "models");

        Server verified = settings.server(server -> server.rootCertificates(files.certificate()))
                .server();

        assertThat(verified.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(verified.rootCertificates(Path.of("system")).authorities()).isEmpty();
        assertThatThrownBy(() -> settings.server(
                        server -> server.rootCertificates(files.certificate()).sslMode(SslMode.REQUIRE)))
                .hasMessageContaining("database.sslmode is \"require\"; expected verify-ca or verify-full");
    }

    @Test
    void clientCertificate_inEachForm_isAccepted() {
        assertThat(read("SSLCERT", files.certificate(), "SSLKEY", files.key()).clientCertificate())
                .contains(ClientCertificate.of(files.certificate(), files.key()));
        assertThat(read("SSLCERT", files.certificate(), "SSLKEY", files.binaryKey())
                        .clientCertificate())
                .isPresent();
        assertThat(read("SSLCERT", others.certificate(), "SSLKEY", others.key()).clientCertificate())
                .isPresent();
        Server encrypted = read(
                "SSLCERT", files.certificate(), "SSLKEY", files.encryptedKey(), "SSLPASSWORD", ClientFiles.PASSWORD);
        assertThat(encrypted.toString()).doesNotContain(ClientFiles.PASSWORD);
        Server store = read("SSLKEY", files.store(), "SSLPASSWORD", ClientFiles.PASSWORD);
        assertThat(store.clientCertificate().orElseThrow().certificate()).isEmpty();
    }

    @Test
    void clientCertificate_inAUriOrInCode_isTheSame() {
        PostgresSettings inUri = PostgresSettings.at("postgresql://db.internal/models?sslcert=" + files.certificate()
                + "&sslkey=" + files.encryptedKey() + "&sslpassword=" + ClientFiles.PASSWORD);
        assertThat(inUri.server().clientCertificate().orElseThrow().key()).isEqualTo(files.encryptedKey());

        PostgresSettings inCode = PostgresSettings.at("localhost", 5432, "models")
                .server(server -> server.clientCertificate(ClientCertificate.of(files.certificate(), files.key())));
        assertThat(inCode.server().sslMode()).isEqualTo(SslMode.REQUIRE);
    }

    @Test
    void clientCertificate_onLoopback_wantsTls() {
        assertThat(read("HOST", "127.0.0.1", "SSLCERT", files.certificate(), "SSLKEY", files.key())
                        .sslMode())
                .isEqualTo(SslMode.REQUIRE);
        assertThatThrownBy(() -> read("SSLMODE", "prefer", "SSLCERT", files.certificate(), "SSLKEY", files.key()))
                .hasMessageContaining("DATABASE_SSLMODE is \"prefer\"; expected require, verify-ca or verify-full");
    }

    @Test
    void files_thatAreNoCertificateOrKey_areRefusedWithTheirSetting() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path rsa = Files.writeString(folder.resolve("rsa.key"), ClientFiles.pem("RSA PRIVATE KEY", new byte[] {1}));
        Path notAStore = Files.writeString(folder.resolve("text.p12"), "no store");

        for (Path wrong : new Path[] {text, empty, folder, files.key()}) {
            refused("DATABASE_SSLROOTCERT is", "a readable file of PEM certificates", "SSLROOTCERT", wrong);
            refused("DATABASE_SSLCERT is", "a readable file of PEM", "SSLCERT", wrong, "SSLKEY", files.key());
        }
        for (Path wrong : new Path[] {text, empty, rsa, files.certificate()}) {
            refused(
                    "DATABASE_SSLKEY is",
                    "a readable file with a PKCS#8 private key",
                    "SSLCERT",
                    files.certificate(),
                    "SSLKEY",
                    wrong);
        }
        refused("DATABASE_SSLKEY is", "expected a PKCS#12 store", "SSLKEY", notAStore);
        refused("DATABASE_SSLKEY is", "a readable file of a private key", "SSLKEY", folder.resolve("none"));
    }

    @Test
    void filesThatDoNotBelongTogether_areRefused() {
        refused("DATABASE_SSLCERT is", "expected DATABASE_SSLKEY beside it", "SSLCERT", files.certificate());
        refused("DATABASE_SSLKEY is", "expected DATABASE_SSLCERT beside it", "SSLKEY", files.key());
        refused(
                "DATABASE_SSLKEY is",
                "expected the private key of the client certificate",
                "SSLCERT",
                files.certificate(),
                "SSLKEY",
                others.key());
        refused("DATABASE_SSLCERT is", "nothing", "SSLCERT", files.certificate(), "SSLKEY", files.store());
        refused(
                "DATABASE_SSLKEY is",
                "a password for this encrypted key (DATABASE_SSLCERT, DATABASE_SSLKEY, DATABASE_SSLPASSWORD)",
                "SSLCERT",
                files.certificate(),
                "SSLKEY",
                files.encryptedKey());
        for (Path key : new Path[] {files.encryptedKey(), files.store()}) {
            Settings settings = key.equals(files.store())
                    ? settings("SSLKEY", key, "SSLPASSWORD", "wrong-marker")
                    : settings("SSLCERT", files.certificate(), "SSLKEY", key, "SSLPASSWORD", "wrong-marker");
            assertThatThrownBy(() -> PostgresSettings.from(settings))
                    .hasMessageContaining("password that opens")
                    .hasMessageNotContaining("wrong-marker");
        }
    }

    private static void refused(String start, String expected, Object... variables) {
        assertThatThrownBy(() -> read(variables))
                .as("%s", List.of(variables))
                .hasMessageContaining(start)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({"require,any", "verify-full,any", "prefer,'!password,!md5'", "disable,'!password,!md5'"})
    void requiredAuth_withoutASetting_dependsOnTls(String mode, String auth) {
        Settings settings = settings("SSLMODE", mode);

        PostgresSettings read = PostgresSettings.from(settings);

        assertThat(read.login().requiredAuth(read.server().sslMode())).isEqualTo(auth);
        assertThat(settings.get(DatabaseSettings.DATABASE.requireAuth())).isEqualTo(auth);
        assertThat(read.login().requireAuth("md5").requiredAuth(SslMode.DISABLE))
                .isEqualTo("md5");
    }
}
