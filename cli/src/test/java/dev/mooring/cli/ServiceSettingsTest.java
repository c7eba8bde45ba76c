package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting of the service, one by one. */
class ServiceSettingsTest {
    /** Kinds of values of which almost any text is one. */
    private static final Set<Class<?>> LENIENT = Set.of(String.class, List.class, Path.class, Secret.class);

    static Stream<Setting<?>> settings() {
        return RegistrySettings.CATALOG.settings().stream();
    }

    static Stream<Setting<?>> strictSettings() {
        return settings().filter(setting -> !LENIENT.contains(setting.type().javaType()));
    }

    @ParameterizedTest
    @MethodSource("strictSettings")
    void setting_withAValueThatMakesNoSense_isRefusedInOneLine(Setting<?> setting) {
        assertThatThrownBy(() -> check(Map.of(setting.name().variable(), "54x2 §s3cret-marked")))
                .message()
                .matches(setting + " (is \"54x2 §s3cret-marked\"|cannot be used); expected \\Q" + setting.accepts()
                        + "\\E");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withAnEmptyValue_isNotSet(Setting<?> setting) {
        Settings settings = check(Map.of(setting.name().variable(), "  "));

        assertThat(settings.inForce(setting).origin()).isIn("default", "not set");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_withItsOwnDefaultWrittenOut_isAccepted(Setting<?> setting) {
        Map<String, String> written = new HashMap<>();
        check(Map.of())
                .inForce(setting)
                .shown()
                .ifPresent(shown -> written.put(setting.name().variable(), shown));

        assertThat(check(written).inForce(setting).shown().orElse(""))
                .isEqualTo(written.getOrDefault(setting.name().variable(), ""));
    }

    @Test
    void secrets_ofTheService_areNeverShown() {
        Map<String, String> marked = new HashMap<>();
        settings()
                .filter(Setting::isSecret)
                .forEach(secret -> marked.put(secret.name().variable(), "s3cret-marked"));

        // Some of them exclude each other, which does not matter here.
        Settings settings = Settings.of(SettingSource.environment(marked), RegistrySettings.CATALOG);
        assertThat(settings()
                        .map(settings::inForce)
                        .map(now -> now.shown() + now.origin() + now)
                        .toList()
                        .toString())
                .doesNotContain("s3cret-marked");
    }

    private static Settings check(Map<String, String> environment) {
        Settings settings = Settings.of(SettingSource.environment(environment), RegistrySettings.CATALOG);
        settings.check();
        return settings;
    }
}
