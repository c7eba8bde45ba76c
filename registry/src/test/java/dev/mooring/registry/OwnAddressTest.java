package dev.mooring.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.settings.SettingProblem;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressTest {
    @ParameterizedTest
    @CsvSource({
        "MLFLOW_TRACKING_URI, http://127.0.0.1:8080",
        "MLFLOW_TRACKING_URI, http://localhost:8080/",
        "MLFLOW_TRACKING_URI, http://LOCALHOST:8080/mlflow",
        "MLFLOW_TRACKING_URI, http://[::1]:8080",
        "MLFLOW_TRACKING_URI, http://10.0.0.7:8080",
        "MLFLOW_TRACKING_URI, http://127.0.0.1:9090",
        "AUTH_SERVICE_URL, http://127.0.0.1:8080",
    })
    void backend_thatIsTheServiceItself_isRefused_andTheLineSaysWhoseAddressItIs(String name, String address) {
        assertThat(problems(name, address)).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith(name + " is ")
                .contains("the service itself", "unset it here"));
    }

    @ParameterizedTest
    @CsvSource({
        "MLFLOW_TRACKING_URI, http://127.0.0.1:5000",
        "MLFLOW_TRACKING_URI, http://mlflow.internal:8080",
        "MLFLOW_TRACKING_URI, http://10.0.0.8:8080",
        "MLFLOW_TRACKING_URI, https://127.0.0.1",
        "AUTH_SERVICE_URL, http://127.0.0.1:8081",
    })
    void backend_thatIsAnotherServer_isTaken(String name, String address) {
        assertThat(problems(name, address)).isEmpty();
    }

    @Test
    void adminKey_onTheEmbeddedDatabase_isNoticed_becauseCallsNeedNoKeyThere() {
        assertThat(read(Map.of("ADMIN_API_KEY", "a-key-of-sixteen-characters")).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("ADMIN_API_KEY", "set AUTH_ENABLED=true"));
        assertThat(read(Map.of("ADMIN_API_KEY", "a-key-of-sixteen-characters", "AUTH_ENABLED", "true"))
                        .warnings())
                .isEmpty();
        assertThat(read(Map.of("ADMIN_API_KEY", "a-key-of-sixteen-characters", "DATABASE_HOST", "db"))
                        .warnings())
                .isEmpty();
    }

    private static List<SettingProblem> problems(String name, String address) {
        Map<String, String> variables =
                new HashMap<>(Map.of("BIND_ADDRESS", "10.0.0.7", "PORT", "8080", "MANAGEMENT_PORT", "9090"));
        variables.put(name, address);
        return read(variables).problems();
    }

    private static Settings read(Map<String, String> variables) {
        Settings settings = Settings.of(SettingSource.environment(variables), RegistrySettings.CATALOG);
        Throwable unused = catchThrowable(settings::check);
        return settings;
    }
}
