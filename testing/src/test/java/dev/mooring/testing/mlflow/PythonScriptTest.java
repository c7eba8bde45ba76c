package dev.mooring.testing.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PythonScriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @BeforeAll
    static void needMlflow() {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
    }

    @Test
    void script_run_seesOnlyTheVariablesOfTheTestAndAnEmptyFolder() {
        assertThat(surroundings("end")
                        .environment(Map.of("MLFLOW_TRACKING_TOKEN", "secret"))
                        .environment("MLFLOW_TRACKING_URI", "http://127.0.0.1:1")
                        .run(LIMIT))
                .containsExactly("['MLFLOW_DISABLE_TELEMETRY', 'MLFLOW_TRACKING_TOKEN', 'MLFLOW_TRACKING_URI'] []");
    }

    @Test
    void script_fails_throwsWithItsOutput() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> surroundings("fail").run(LIMIT))
                .withMessageContaining("failed as it was asked to");
    }

    @Test
    void script_hangs_endsAtTheTimeLimit() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> surroundings("hang").run(Duration.ofMillis(200)))
                .withMessageContaining("still running");
    }

    @Test
    void script_missing_throwsWithItsPath() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PythonScript.in(Path.of("missing.py")).run(LIMIT))
                .withMessageContaining("missing.py");
    }

    private static PythonScript surroundings(String end) {
        return PythonScript.beside(PythonScriptTest.class, "surroundings.py").argument(end);
    }
}
