package dev.mooring.postgres.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsInCodeTest {
    private static final PostgresSettings ORDERS =
            PostgresSettings.at("db.internal", 6432, "orders").named("orders");

    @Test
    void address_inCode_hasTheDefaultsOfTheEnvironment() {
        Settings environment = Settings.ofEnvironment(
                Map.of("ORDERS_HOST", "db.internal", "ORDERS_PORT", "6432", "ORDERS_NAME", "orders"));

        assertThat(ORDERS).isEqualTo(PostgresSettings.from(environment, "orders"));
    }

    @Test
    void uri_inCode_givesAllParts() {
        PostgresSettings settings =
                PostgresSettings.at("postgresql://reader:s3cret@a:1111,b:2222/reports?sslmode=verify-full");

        assertThat(settings.name()).isEqualTo("database");
        assertThat(settings.server().address()).hasToString("a:1111,b:2222");
        assertThat(settings.server().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(settings.login().user()).isEqualTo("reader");
        assertThat(settings.login().password().orElseThrow().current()).isEqualTo(Secret.of("s3cret"));
        assertThat(settings.login().database()).isEqualTo("reports");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void everyPart_inCode_isChangedByItsName() {
        Duration second = Duration.ofSeconds(1);
        PostgresSettings changed = ORDERS.user("clerk", Secret.of("s3cret"))
                .login(login -> login.fallback("older").applicationName("shop"))
                .server(server -> server.sslMode(SslMode.DISABLE))
                .limits(limits -> limits.statement(second.multipliedBy(40))
                        .socket(second.multipliedBy(50))
                        .connect(second)
                        .acquire(second))
                .pool(pool -> pool.max(7)
                        .min(3)
                        .idleTimeout(second.multipliedBy(20))
                        .maxLifetime(second.multipliedBy(60))
                        .leakDetection(second.multipliedBy(5)))
                .pooler(pooler -> pooler.direct("db.internal", 5433).prepareThreshold(0))
                .keepAlive(tcp -> tcp.idle(second).interval(second).count(9))
                .retry(retry -> retry.attempts(4))
                .startupMode(StartupMode.EXIT)
                .timing(new ProbeTiming(second, second.multipliedBy(3)))
                .breaker(breaker -> breaker.failures(2));

        assertThat(changed.login().user()).isEqualTo("clerk");
        assertThat(changed.login().password().orElseThrow().mayChange()).isFalse();
        assertThat(changed.login().fallback()).contains("older");
        assertThat(changed.login().applicationName()).isEqualTo("shop");
        assertThat(changed.server().sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(changed.limits())
                .isEqualTo(new Limits(second, second.multipliedBy(50), second.multipliedBy(40), second));
        assertThat(changed.pool())
                .isEqualTo(new PoolSize(
                        3, 7, second.multipliedBy(20), second.multipliedBy(60), Optional.of(second.multipliedBy(5))));
        assertThat(changed.pooler().prepareThreshold()).isZero();
        assertThat(changed.direct().server().address()).hasToString("db.internal:5433");
        assertThat(changed.direct().server().sslMode()).isEqualTo(SslMode.DISABLE);
        assertThat(changed.keepAlive()).isEqualTo(new KeepAlive(second, second, 9));
        assertThat(changed.retry()).isEqualTo(Backoff.exponential(second).attempts(4));
        assertThat(changed.startupMode()).isEqualTo(StartupMode.EXIT);
        assertThat(changed.timing().timeout()).isEqualTo(second.multipliedBy(3));
        assertThat(changed.breaker().failures()).isEqualTo(2);
        assertThat(changed.toString()).doesNotContain("s3cret");
    }

    @Test
    void smallPool_inCode_keepsNoMoreReadyThanItHas() {
        assertThat(ORDERS.pool(pool -> pool.max(1)).pool().min()).isEqualTo(1);
    }

    private static Arguments mistake(Runnable made, String... told) {
        return Arguments.of(made, List.of(told));
    }

    static Stream<Arguments> mistakes() {
        Duration day = Duration.ofDays(1);
        return Stream.of(
                mistake(
                        () -> PostgresSettings.at("a b", 0, "orders"),
                        "database.host is \"a b\"; expected a host name or IP address",
                        "database.port is \"0\"; expected a port number from 1 to 65535"),
                mistake(
                        () -> PostgresSettings.at("mysql://db/orders"),
                        "database.url is \"mysql://db/orders\"; expected a URI such as postgresql://"),
                mistake(() -> PostgresSettings.at("postgresql://db"), "DATABASE_NAME is not set"),
                mistake(
                        () -> ORDERS.pool(pool -> pool.max(0)),
                        "orders.pool-max is \"0\"; expected a whole number from 1 to 1000"),
                mistake(
                        () -> ORDERS.pool(pool -> pool.min(21)),
                        "orders.pool-min is \"21\"; expected at most orders.pool-max, which is 20"),
                mistake(
                        () -> ORDERS.limits(limits -> limits.connect(day).acquire(Duration.ZERO)),
                        "orders.connect-timeout is \"24h\"; expected a duration from 100ms to 5m",
                        "orders.acquire-timeout is \"0s\"; expected a duration from 250ms to 5m"),
                mistake(
                        () -> ORDERS.limits(limits -> limits.statement(Duration.ofSeconds(30))),
                        "orders.statement-timeout is \"30s\"; expected less than orders.socket-timeout, which is 30s"),
                mistake(
                        () -> ORDERS.keepAlive(tcp -> tcp.count(0)),
                        "orders.keepalive-count is \"0\"; expected a whole number from 1 to 100"),
                mistake(
                        () -> ORDERS.server(server -> server.rootCertificates(Path.of("/no/such/pem"))),
                        "orders.sslrootcert is \"/no/such/pem\"; expected a readable file of PEM certificates"),
                mistake(
                        () -> ORDERS.login(login -> login.applicationName("x".repeat(64))),
                        "orders.application-name is \"" + "x".repeat(64) + "\"; expected a text of at most 63"),
                mistake(() -> ORDERS.user(" ", SecretSource.fixed(Secret.of("x"))), "user must not be blank"),
                mistake(() -> ORDERS.named("Orders"), "lower-case words"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void badValue_inCode_isRefusedInTheWordsOfTheSettings(Runnable made, List<String> told) {
        assertThatThrownBy(made::run)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(told);
    }

    @Test
    void badUri_inCode_doesNotShowThePassword() {
        assertThatThrownBy(() -> PostgresSettings.at("postgresql://u:marked-secret@db:x/models"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("database.url")
                .hasMessageNotContaining("marked-secret");
    }
}
