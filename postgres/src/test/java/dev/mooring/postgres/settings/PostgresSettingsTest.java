package dev.mooring.postgres.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.retry.Backoff;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresSettingsTest {
    private static PostgresSettings read(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("DATABASE_HOST", "db.internal", "DATABASE_NAME", "models"));
        all.putAll(environment);
        return readOnly(all);
    }

    private static PostgresSettings readOnly(Map<String, String> environment) {
        Settings settings = Settings.ofEnvironment(environment);
        PostgresSettings read = PostgresSettings.from(settings);
        settings.orThrow();
        return read;
    }

    @Test
    void settings_hostAndNameOnly_haveTheDefaultsOfTheContract() {
        PostgresSettings settings = read(Map.of());

        assertThat(settings.server().address()).hasToString("db.internal:5432");
        assertThat(settings.server().sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(settings.login().user()).isEqualTo("postgres");
        assertThat(settings.login().password()).isEmpty();
        assertThat(settings.login().fallback()).isEmpty();
        assertThat(settings.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(2)));
        assertThat(settings.keepAlive()).isEqualTo(new KeepAlive(Duration.ofSeconds(600), Duration.ofSeconds(30), 3));
        assertThat(settings.pool())
                .isEqualTo(new PoolSize(2, 20, Duration.ofMinutes(10), Duration.ofMinutes(30), Optional.empty()));
        assertThat(settings.retry()).isEqualTo(Backoff.exponential(Duration.ofSeconds(1)));
        assertThat(settings.startupMode()).isEqualTo(StartupMode.NONE);
        assertThat(settings.timing().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void pooler_fromVariablesOrUri_isReadWithThePortOfTheServer() {
        assertThat(read(Map.of()).pooler()).isEqualTo(new Pooler(Optional.empty(), 5));
        assertThat(read(Map.of()).direct().server().address()).hasToString("db.internal:5432");
        PostgresSettings behind =
                read(Map.of("DATABASE_DIRECT_HOST", "pg-1.internal", "DATABASE_PREPARE_THRESHOLD", "0"));
        assertThat(behind.direct().server().address()).hasToString("pg-1.internal:5432");
        assertThat(behind.pooler().prepareThreshold()).isZero();
        assertThat(readOnly(Map.of("DATABASE_URL", "postgresql://db:6432/models?prepareThreshold=3"))
                        .pooler()
                        .prepareThreshold())
                .isEqualTo(3);
        assertThatThrownBy(() -> readOnly(Map.of("DATABASE_URL", "postgresql://db/models?prepareThreshold=three")))
                .hasMessageContaining("prepareThreshold");
        assertThatThrownBy(() -> read(Map.of("DATABASE_PREPARE_THRESHOLD", "-1")))
                .hasMessageContaining("DATABASE_PREPARE_THRESHOLD");
    }

    @ParameterizedTest
    @EnumSource(RetryProfile.class)
    void profile_changesTheDefaultsOfRetrying(RetryProfile profile) {
        assertThat(read(Map.of("PROFILE", profile.name().toLowerCase(Locale.ROOT)))
                        .retry())
                .isEqualTo(profile.backoff());
    }

    @Test
    void profile_oneSettingBesideIt_overridesThatPart() {
        Backoff retry =
                read(Map.of("PROFILE", "flow", "DATABASE_MAX_RETRIES", "4")).retry();

        assertThat(retry.attempts()).isEqualTo(4);
        assertThat(retry.factor()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "::1", "'127.0.0.1,127.0.0.2'"})
    void sslMode_onLoopback_isPreferByDefault(String host) {
        assertThat(read(Map.of("DATABASE_HOST", host)).server().sslMode()).isEqualTo(SslMode.PREFER);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://registry:p%40ss%2Bword+@db:6432/models?sslmode=verify-ca",
        "postgres://registry:p%40ss%2Bword+@db:6432/models?sslmode=verify-ca",
        "postgresql+psycopg2://registry:p%40ss%2Bword+@db:6432/models?sslmode=verify-ca",
        "jdbc:postgresql://db:6432/models?user=registry&password=p%40ss%2Bword+&sslmode=verify-ca",
    })
    void uri_inAnyForm_givesAllParts(String uri) {
        PostgresSettings settings = readOnly(Map.of("DATABASE_URL", uri));

        assertThat(settings.server().address()).hasToString("db:6432");
        assertThat(settings.login().user()).isEqualTo("registry");
        assertThat(settings.login().password().orElseThrow().current().reveal()).isEqualTo("p@ss+word+");
        assertThat(settings.login().database()).isEqualTo("models");
        assertThat(settings.server().sslMode()).isEqualTo(SslMode.VERIFY_CA);
    }

    @Test
    void shortLimit_alone_bringsDefaultsThatFitIt() {
        PostgresSettings settings = readOnly(Map.of(
                "DATABASE_HOST", "db",
                "DATABASE_NAME", "models",
                "DATABASE_SOCKET_TIMEOUT", "5",
                "DATABASE_RETRY_MAX_DELAY", "500ms",
                "DATABASE_RETRY_JITTER", "0"));

        assertThat(settings.limits().statement()).hasMillis(4_500);
        assertThat(settings.retry().delayAfter(1, new Random(1))).hasMillis(500);
        assertThat(readOnly(Map.of("DATABASE_HOST", "db", "DATABASE_NAME", "models"))
                        .limits()
                        .statement())
                .hasSeconds(10);
    }

    @Test
    void uri_underItsOlderName_worksAndSingleVariablesOverrideIt() {
        PostgresSettings settings = readOnly(Map.of(
                "POSTGRES_URI", "postgresql://a:b@one:1111,two:2222/models",
                "DATABASE_PORT", "5555",
                "DATABASE_NAME", "mlflow",
                "DATABASE_USER", "c"));

        assertThat(settings.server().address()).hasToString("one:5555,two:5555");
        assertThat(settings.login().database()).isEqualTo("mlflow");
        assertThat(settings.login().user()).isEqualTo("c");
    }

    @Test
    void uri_severalHosts_keepTheirOwnPorts() {
        assertThat(readOnly(Map.of("DATABASE_URL", "postgresql://one:1111,two/models"))
                        .server()
                        .address()
                        .toString())
                .startsWith("one:1111,two:");
    }

    @Test
    void settings_neverPrintThePassword() {
        PostgresSettings settings = readOnly(Map.of(
                "DATABASE_URL", "postgresql://registry:marked-secret@db/models", "DATABASE_PASSWORD", "other-secret"));

        assertThat(settings.toString()).doesNotContain("marked-secret").doesNotContain("other-secret");
        assertThat(settings.login().password().orElseThrow().current().reveal()).isEqualTo("other-secret");
    }

    @Test
    void password_inAFile_isReadAgain(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        PostgresSettings settings = read(Map.of("DATABASE_PASSWORD_FILE", file.toString()));

        Files.writeString(file, "second\n");

        assertThat(settings.login().password().orElseThrow().current().reveal()).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DATABASE_HOST                | a b          | DATABASE_HOST is "a b"; expected a host name or IP address
            DATABASE_HOST                | db:99999     | DATABASE_HOST is "db:99999"; expected a host name
            DATABASE_PORT                | 54x2         | DATABASE_PORT is "54x2"; expected a port number from 1 to 65535
            DATABASE_PORT                | 0            | expected a port number from 1 to 65535
            DATABASE_URL                 | mysql://x/y  | DATABASE_URL is "mysql://x/y"; expected a URI such as postgresql://
            DATABASE_SSLMODE             | maybe        | expected one of disable, allow, prefer, require, verify-ca, verify-full
            DATABASE_SSLROOTCERT         | /no/such/pem | DATABASE_SSLROOTCERT is "/no/such/pem"; expected a readable file
            DATABASE_CONNECT_TIMEOUT     | 0            | DATABASE_CONNECT_TIMEOUT is "0"; expected a duration from 100ms to 5m
            DATABASE_CONNECT_TIMEOUT     | soon         | DATABASE_CONNECT_TIMEOUT is "soon"; expected a duration
            DATABASE_SOCKET_TIMEOUT      | 10ms         | expected a duration from 1s to 1h
            DATABASE_STATEMENT_TIMEOUT   | 31           | expected less than DATABASE_SOCKET_TIMEOUT, which is 30s
            DATABASE_ACQUIRE_TIMEOUT     | 0.1          | expected a duration from 250ms to 5m
            DATABASE_MAX_RETRIES         | 0            | expected a whole number from 1 to 1000
            DATABASE_RETRY_DELAY         | -1           | DATABASE_RETRY_DELAY is "-1"; expected a duration
            DATABASE_RETRY_DELAY         | 60           | expected at most DATABASE_RETRY_MAX_DELAY, which is 30s
            DATABASE_RETRY_FACTOR        | 0.5          | expected a number from 1 to 100
            DATABASE_RETRY_MAX_DELAY     | x            | DATABASE_RETRY_MAX_DELAY is "x"; expected a duration
            DATABASE_RETRY_JITTER        | 2            | expected a number from 0 to 1
            DATABASE_RETRY_DEADLINE      | 0            | expected a duration from 100ms to 24h
            DATABASE_POOL_MIN            | 21           | DATABASE_POOL_MIN is "21"; expected at most DATABASE_POOL_MAX, which is 20
            DATABASE_POOL_MAX            | 0            | expected a whole number from 1 to 1000
            DATABASE_POOL_IDLE_TIMEOUT   | 1            | expected a duration from 10s to 24h
            DATABASE_POOL_MAX_LIFETIME   | 1            | expected a duration from 30s to 24h
            DATABASE_POOL_LEAK_DETECTION | 1            | expected a duration from 2s to 30m, such as 10 (seconds), 250ms or 2m, or off
            DATABASE_KEEPALIVE_IDLE      | 0            | expected a duration from 1s to 9h
            DATABASE_KEEPALIVE_INTERVAL  | 0            | expected a duration from 1s to 9h
            DATABASE_KEEPALIVE_COUNT     | 0            | expected a whole number from 1 to 100
            DATABASE_APPLICATION_NAME    | 0123456789012345678901234567890123456789012345678901234567890123 | expected a text of at most 63
            PROFILE                      | other        | expected one of registry, flow, glucolens
            STARTUP_WAIT                 | perhaps      | expected one of none, continue, exit
            DATABASE_HEALTH_CHECK_TIMEOUT| 0            | DATABASE_HEALTH_CHECK_TIMEOUT is "0"; expected a duration
            """)
    void badValue_ofEverySetting_isToldWithItsNameAndWhatIsAccepted(String name, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .hasMessageContaining(name)
                .hasMessageContaining(message.strip());
        Map<String, String> second = Map.of("REPORTS_HOST", "db.internal", "REPORTS_NAME", "reports");
        Map<String, String> environment = new HashMap<>(second);
        environment.put(reports(name), value);
        assertThatThrownBy(() -> PostgresSettings.fromEnvironment(environment, "reports"))
                .hasMessageContaining(reports(name))
                .hasMessageContaining(reports(message.strip()));
    }

    private static String reports(String text) {
        return text.replace("DATABASE_", "REPORTS_");
    }

    @Test
    void secondDatabase_withItsOwnPrefix_isReadBesideTheFirst() {
        Map<String, String> environment = Map.of(
                "DATABASE_URL", "postgresql://db.internal/models",
                "REPORTS_URL", "postgresql://reader@other.internal:6432/reports?connect_timeout=3",
                "REPORTS_POOL_MAX", "1",
                "REPORTS_CB_FAILURE_THRESHOLD", "7",
                "REPORTS_HEALTH_CHECK_TIMEOUT", "4");
        Settings settings = Settings.ofEnvironment(environment);

        PostgresSettings first = PostgresSettings.from(settings);
        PostgresSettings second = PostgresSettings.from(settings, "reports");

        assertThat(first.name()).isEqualTo("database");
        assertThat(first.pool().max()).isEqualTo(20);
        assertThat(first.breaker().failures()).isEqualTo(5);
        assertThat(second.name()).isEqualTo("reports");
        assertThat(second.server().address()).hasToString("other.internal:6432");
        assertThat(second.login().user()).isEqualTo("reader");
        assertThat(second.limits().connect()).isEqualTo(Duration.ofSeconds(3));
        assertThat(second.pool().min()).as("not above the pool's size").isEqualTo(1);
        assertThat(second.breaker().failures()).isEqualTo(7);
        assertThat(second.timing().timeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void secondDatabase_allItsMistakes_areToldAtOnce() {
        Map<String, String> mistakes =
                Map.of("REPORTS_PORT", "0", "REPORTS_POOL_MAX", "0", "REPORTS_CB_WINDOW", "1", "DATABASE_PORT", "0");

        assertThatThrownBy(() -> PostgresSettings.fromEnvironment(mistakes, "reports"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("REPORTS_HOST is not set")
                .hasMessageContaining("REPORTS_NAME is not set")
                .hasMessageContaining("REPORTS_PORT is \"0\"")
                .hasMessageContaining("REPORTS_POOL_MAX is \"0\"")
                .hasMessageContaining("REPORTS_CB_WINDOW is \"1\"")
                .hasMessageNotContaining("DATABASE");
    }

    @Test
    void secondDatabase_aMisspelledVariable_isWarnedOf() {
        Settings settings = Settings.of(
                SettingSource.environment(Map.of("REPORTS_HSOT", "db.internal", "DATABASE_PROT", "1")),
                DatabaseSettings.DATABASE
                        .catalog()
                        .and(DatabaseSettings.of("reports").catalog()));

        settings.check();

        assertThat(settings.warnings())
                .containsExactly(
                        "DATABASE_PROT is not a setting and does nothing; did you mean DATABASE_PORT?",
                        "REPORTS_HSOT is not a setting and does nothing; did you mean REPORTS_HOST?");
    }

    @Test
    void olderNameOfTheUri_belongsToTheFirstDatabaseOnly() {
        assertThat(DatabaseSettings.of("reports").url().aliases()).isEmpty();
        assertThat(DatabaseSettings.DATABASE.url().aliases()).hasToString("[POSTGRES_URI]");
    }

    @Test
    void badUri_withAPassword_doesNotShowIt() {
        assertThatThrownBy(() -> readOnly(Map.of("DATABASE_URL", "postgresql://u:marked-secret@db:x/models")))
                .hasMessageContaining("DATABASE_URL")
                .hasMessageNotContaining("marked-secret");
        assertThatThrownBy(() -> readOnly(Map.of("DATABASE_URL", "postgresql://u:marked-secret@db/models?sslmode=no")))
                .hasMessageContaining("sslmode")
                .hasMessageNotContaining("marked-secret");
    }

    @Test
    void nothingSet_tellsBothThatAreMissing() {
        assertThatThrownBy(() -> readOnly(Map.of()))
                .hasMessageContaining("DATABASE_HOST is not set")
                .hasMessageContaining("DATABASE_NAME is not set");
    }
}
