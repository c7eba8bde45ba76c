package dev.mooring.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpBackendSettingsTest {
    private static final HttpBackendSettings RANKING = HttpBackendSettings.of("ranking");
    private static final HttpBackendSettings TRACKING = HttpBackendSettings.of("tracker")
            .addressCalled("tracker.tracking-uri")
            .loginCalled("tracker.tracking");
    private static final HttpBackendSettings AUTH =
            HttpBackendSettings.of("auth").prefix("auth-service").withoutLogin().timeout(Duration.ofSeconds(10));

    @Test
    void nothingSet_isNoBackend() {
        assertThat(read(RANKING, Map.of())).isEmpty();
    }

    @Test
    void addressAlone_hasTheDefaults() {
        HttpSettings settings =
                read(RANKING, Map.of("RANKING_URL", "http://ranking:5000/")).orElseThrow();
        assertThat(settings).isEqualTo(HttpSettings.at("ranking", URI.create("http://ranking:5000")));
        assertThat(settings.limits()).isEqualTo(new HttpLimits());
        assertThat(settings.enabled()).isTrue();
    }

    @Test
    void everySetting_reachesTheBackend(@TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        HttpSettings settings = read(
                        TRACKING,
                        Map.ofEntries(
                                Map.entry("TRACKER_ENABLED", "false"),
                                Map.entry("TRACKER_TRACKING_URI", "https://tracker.example.org/behind"),
                                Map.entry("TRACKER_TRACKING_USERNAME", "ada"),
                                Map.entry("TRACKER_TRACKING_PASSWORD", "s3cr3t"),
                                Map.entry("TRACKER_CONNECT_TIMEOUT", "1.5"),
                                Map.entry("TRACKER_TIMEOUT", "2m"),
                                Map.entry("TRACKER_MAX_RETRIES", "7"),
                                Map.entry("TRACKER_RETRY_DELAY", "0.25"),
                                Map.entry("TRACKER_MAX_CONNECTIONS", "4"),
                                Map.entry("TRACKER_CB_FAILURE_THRESHOLD", "9"),
                                Map.entry("TRACKER_HEALTH_CHECK_TIMEOUT", "20"),
                                Map.entry("TLS_CA_FILE", pem.toString())))
                .orElseThrow();
        assertThat(settings.enabled()).isFalse();
        assertThat(settings.address()).isEqualTo(URI.create("https://tracker.example.org/behind"));
        assertThat(settings.credentials()).get().isInstanceOfSatisfying(Credentials.Basic.class, basic -> {
            assertThat(basic.user()).isEqualTo("ada");
            assertThat(basic.secret().current().reveal()).isEqualTo("s3cr3t");
        });
        assertThat(settings.limits())
                .isEqualTo(new HttpLimits(Duration.ofMillis(1_500), Duration.ofMinutes(2), Duration.ofMinutes(2)));
        assertThat(settings.retry().attempts()).isEqualTo(7);
        assertThat(settings.retry().base()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.connections()).isEqualTo(4);
        assertThat(settings.breaker().failures()).isEqualTo(9);
        assertThat(settings.timing().timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.authorities()).contains(pem);
        assertThat(settings.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void prefixOfItsOwn_leavesBreakerAndProbesToTheDependencysName() {
        HttpSettings settings = read(
                        AUTH,
                        Map.of(
                                "AUTH_SERVICE_URL", "http://auth",
                                "AUTH_SERVICE_MAX_CONNECTIONS", "3",
                                "AUTH_CB_FAILURE_THRESHOLD", "2"))
                .orElseThrow();
        assertThat(settings.name()).isEqualTo("auth");
        assertThat(settings.limits().response()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.connections()).isEqualTo(3);
        assertThat(settings.breaker().failures()).isEqualTo(2);
        assertThat(AUTH.group("Auth", "How.").settings())
                .hasToString(
                        "[AUTH_SERVICE_ENABLED, AUTH_SERVICE_URL, AUTH_SERVICE_CONNECT_TIMEOUT, AUTH_SERVICE_TIMEOUT,"
                                + " AUTH_SERVICE_MAX_RETRIES, AUTH_SERVICE_RETRY_DELAY, AUTH_SERVICE_MAX_CONNECTIONS]");
    }

    @Test
    void token_isSentAsBearer() {
        Credentials credentials = read(RANKING, Map.of("RANKING_URL", "http://a", "RANKING_TOKEN", "t"))
                .flatMap(HttpSettings::credentials)
                .orElseThrow();
        assertThat(credentials).isInstanceOf(Credentials.Bearer.class);
    }

    @Test
    void addressesThatAreNone_areRefusedByTheNameOfTheVariable_andShowNoPassword() {
        for (String address : List.of(
                "ranking:5000",
                "ftp://ranking",
                "http://",
                "http://user:s3cr3t@ranking",
                "http://ranking?x=1",
                "http://ranking#x",
                "http://ranking:99999",
                "http://ranking/a/../b",
                "http://a_b")) {
            assertThatThrownBy(() -> check(Map.of("RANKING_URL", address)))
                    .as(address)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("RANKING_URL")
                    .hasMessageContaining("expected an address such as")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void valuesThatDoNotFitTogether_areRefused() {
        assertThatThrownBy(() -> check(Map.of("RANKING_ENABLED", "true")))
                .hasMessageContaining("RANKING_URL is not set");
        assertThatThrownBy(() -> check(Map.of("RANKING_USERNAME", "ada")))
                .hasMessageContaining("RANKING_PASSWORD beside it");
        assertThatThrownBy(() -> check(Map.of("RANKING_PASSWORD", "s3cr3t")))
                .hasMessageContaining("RANKING_USERNAME beside it")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(
                        () -> check(Map.of("RANKING_USERNAME", "ada", "RANKING_PASSWORD", "x", "RANKING_TOKEN", "y")))
                .hasMessageContaining("because RANKING_TOKEN is set");
        assertThatThrownBy(() -> check(Map.of("RANKING_USERNAME", "a:b", "RANKING_PASSWORD", "x")))
                .hasMessageContaining("a text without a colon");
        assertThatThrownBy(() -> check(Map.of("TLS_CA_FILE", "/no/such/file")))
                .hasMessageContaining("TLS_CA_FILE")
                .hasMessageContaining("a readable file of PEM certificates");
    }

    @Test
    void valuesOfCode_haveTheSameBounds() {
        URI address = URI.create("http://ranking");
        HttpSettings settings = HttpSettings.at("ranking", address);
        assertThat(HttpSettings.at("ranking", URI.create("http://ranking/")).address())
                .isEqualTo(address);
        assertThatThrownBy(() -> HttpSettings.at("ranking", URI.create("file:/etc/passwd")))
                .hasMessageContaining("address must be http or https");
        assertThatThrownBy(() -> settings.connections(0)).hasMessage("connections must be 1 to 10000 but is 0");
        assertThatThrownBy(() -> settings.limits(limits -> limits.connect(Duration.ofMinutes(6))))
                .hasMessageContaining("connect must be 100 ms to 5 min");
        assertThatThrownBy(() -> settings.limits(limits -> limits.response(Duration.ofMillis(1))))
                .hasMessageContaining("response must be 100 ms to 1 h");
        assertThatThrownBy(() -> settings.limits(limits -> limits.idle(Duration.ofHours(2))))
                .hasMessageContaining("idle must be 100 ms to 1 h");
        assertThatThrownBy(() -> Credentials.basic("a:b", () -> null)).hasMessageContaining("no colon");
    }

    private static Optional<HttpSettings> read(HttpBackendSettings defined, Map<String, String> environment) {
        Settings settings = settings(defined, environment);
        settings.check();
        Optional<HttpSettings> read = defined.read(settings);
        settings.orThrow();
        return read;
    }

    private static void check(Map<String, String> environment) {
        settings(RANKING, environment).check();
    }

    private static Settings settings(HttpBackendSettings defined, Map<String, String> environment) {
        String name = defined == AUTH ? "auth" : defined == TRACKING ? "tracker" : "ranking";
        SettingCatalog catalog = SettingCatalog.of(
                        defined.group("Backend", "How the process calls it."),
                        SettingGroup.of("HTTPS", "Whom it trusts.", HttpBackendSettings.AUTHORITIES),
                        DependencySettings.HEALTH,
                        DependencySettings.BREAKERS)
                .withDependencies(name);
        return Settings.of(SettingSource.environment(new HashMap<>(environment)), catalog);
    }
}
