package dev.mooring.testing.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowInstallationTest {
    @TempDir
    private Path folder;

    @Test
    void python_absent_isTheReasonWhyMlflowIsMissing() {
        MlflowInstallation.Outcome found = install("absent-python");

        assertThat(MlflowInstallation.missing(found, false))
                .hasValue("mlflow: no absent-python on the PATH; install Python 3.10 or newer");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MlflowInstallation.missing(found, true))
                .withMessageContaining("mooring.mlflow is required: mlflow: no absent-python");
        assertThat(folder.resolve("environment")).doesNotExist();
    }

    @Test
    void installation_brokenOff_isNotUsed() throws IOException {
        Path environment = Files.createDirectories(folder.resolve("environment/bin"));
        Files.createSymbolicLink(environment.resolve("python"), Path.of("/bin/true"));

        assertThat(install("absent-python").reason()).isPresent();
    }

    private MlflowInstallation.Outcome install(String python) {
        String environment = folder.resolve("environment").toString();
        return MlflowInstallation.install(Map.of("TEST_MLFLOW", environment, "PYTHON", python));
    }
}
