package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DependencySettingsTest {
    private static final SettingCatalog CATALOG = SettingCatalog.of(
                    DependencySettings.HEALTH, DependencySettings.BREAKERS)
            .withDependencies("database");

    @Test
    void settings_notSet_areTheDefaultsOfTheCode() {
        Settings settings = settings(Map.of());

        settings.check();
        assertThat(timing(settings)).isEqualTo(new ProbeTiming());
        assertThat(DependencySettings.breaker(settings, "database", new BreakerSettings()))
                .isEqualTo(new BreakerSettings());
        assertThat(settings.get(DependencySettings.CHECK_INTERVAL)).isEqualTo(new ProbeTiming().interval());
    }

    @Test
    void breaker_everySetting_reachesIt() {
        Settings settings = settings(Map.of(
                "DATABASE_CB_FAILURE_THRESHOLD", "7",
                "DATABASE_CB_RECOVERY_TIMEOUT", "30",
                "DATABASE_CB_SUCCESS_THRESHOLD", "2",
                "DATABASE_CB_MAX_RECOVERY_ATTEMPTS", "4",
                "DATABASE_CB_FAILURE_RATE", "0.5",
                "DATABASE_CB_WINDOW", "20"));

        assertThat(DependencySettings.breaker(settings, "database", new BreakerSettings()))
                .isEqualTo(new BreakerSettings(
                        7, Duration.ofSeconds(30), 2, 4, Optional.of(new BreakerSettings.FailureRate(0.5, 20))));
    }

    @Test
    void breaker_notSet_keepsWhatTheApplicationChose() {
        assertThat(DependencySettings.breaker(settings(Map.of()), "ranking", new BreakerSettings().failures(3)))
                .isEqualTo(new BreakerSettings().failures(3));
    }

    @Test
    void timing_ownTimeout_goesBeforeTheCommonOneAndShortensTheInterval() {
        Settings settings = settings(Map.of("HEALTH_CHECK_TIMEOUT", "6", "DATABASE_HEALTH_CHECK_TIMEOUT", "1"));

        settings.check();
        assertThat(timing(settings)).isEqualTo(new ProbeTiming(Duration.ofMillis(500), Duration.ofSeconds(1)));
        assertThat(DependencySettings.timing(settings, "mlflow", new ProbeTiming())
                        .timeout())
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void timing_intervalAboveHalfTheTimeout_isAMistakeToldOnce() {
        Settings settings = settings(Map.of("HEALTH_CHECK_INTERVAL", "6"));

        timing(settings);
        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("HEALTH_CHECK_INTERVAL is \"6s\"; expected at most half of DATABASE_HEALTH_CHECK_TIMEOUT,"
                        + " which is 10s");
        assertThatThrownBy(() -> settings(Map.of("HEALTH_CHECK_INTERVAL", "6")).check())
                .hasMessageEndingWith("expected at most half of HEALTH_CHECK_TIMEOUT, which is 10s");
    }

    private static ProbeTiming timing(Settings settings) {
        return DependencySettings.timing(settings, "database", new ProbeTiming());
    }

    private static Settings settings(Map<String, String> environment) {
        return Settings.of(SettingSource.environment(environment), CATALOG);
    }
}
