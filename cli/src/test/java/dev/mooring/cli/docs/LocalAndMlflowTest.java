package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/how-to/mlflow-behind-the-service.md says of models that were registered before an MLflow server stood behind the service. Three
 * starts, because only a start changes which registry the service keeps.
 */
@Tag("long")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalAndMlflowTest {
    private static final String MODEL = "{\"name\":\"churn\",\"source\":\"s3://models/churn/7\"}";

    @Test
    void modelsOfTheLocalRegistry_areNotReadWhileMlflowIsSet_andAreThereWithoutIt(@TempDir Path folder)
            throws Exception {
        try (ServedPage local = ServedPage.ready(folder, Map.of())) {
            assertThat(local.post("/models/register", "none", MODEL).statusCode())
                    .isEqualTo(201);
        }
        String away = "http://127.0.0.1:" + FreePort.choose();
        try (ServedPage mlflow = ServedPage.ready(folder, Map.of("MLFLOW_TRACKING_URI", away))) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(mlflow.get("/models/churn", "none"))
                    .contains("mlflow_unavailable"));
            assertThat(mlflow.get("/models", "none")).doesNotContain("churn");
        }
        try (ServedPage local = ServedPage.ready(folder, Map.of())) {
            assertThat(local.get("/models/churn/versions/1", "none")).contains("s3://models/churn/7");
        }
    }
}
