package dev.mooring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.settings.InForce;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.testing.fuzz.Draw;
import dev.mooring.testing.fuzz.Fuzz;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a variable, the start takes it or says in lines of text what is wrong with it. */
@Timeout(120)
class SettingsFuzzTest {
    private static final List<Setting<?>> ALL = RegistrySettings.CATALOG.settings();
    private static final String[] RIGHT = {
        "10",
        "1.5",
        "250ms",
        "2m",
        "PT30S",
        "1MB",
        "true",
        "off",
        "localhost",
        "[::1]",
        "127.0.0.1",
        "require",
        "registry",
        "a,b",
        "postgresql://u:p%40w@host:5432/db?sslmode=require&connect_timeout=5",
        "jdbc:postgresql://h1:1,h2:2/db",
        "http://mlflow:5000/a",
        "https://u:p@h",
        "/etc/passwd",
        "-1",
        "https://app.example.org"
    };

    @Test
    void variables_whateverTheyHold_areTakenOrRefusedInLines() {
        Fuzz.rounds(3_000, draw -> {
            Map<String, String> variables = new HashMap<>();
            for (int i = draw.number(3); i >= 0; i--) {
                variables.put(ALL.get(draw.number(ALL.size() - 1)).name().variable(), value(draw));
            }
            Settings settings = Settings.of(SettingSource.environment(variables), RegistrySettings.CATALOG);
            try {
                settings.check();
                ALL.forEach(setting -> shown(settings.inForce(setting)));
            } catch (InvalidSettingsException mistakes) {
                assertThat(mistakes.getMessage()).as("of " + variables).isNotBlank();
                mistakes.problems()
                        .forEach(problem ->
                                assertThat(problem.toString().lines()).hasSize(1));
            }
            ALL.forEach(settings::shown);
        });
    }

    private static String value(Draw draw) {
        return draw.like(RIGHT);
    }

    private static void shown(InForce inForce) {
        assertThat(inForce.origin()).isNotBlank();
        if (inForce.setting().isSecret()) {
            assertThat(inForce.shown().orElse("")).doesNotContain("p%40w");
        }
    }
}
