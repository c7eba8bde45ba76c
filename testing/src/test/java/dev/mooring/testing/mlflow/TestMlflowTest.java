package dev.mooring.testing.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One server through all its states, because each start takes seconds. */
class TestMlflowTest {
    @AutoClose
    private final TestPostgres postgres = TestPostgres.started();

    @BeforeAll
    static void needMlflow() {
        Optional<String> missing = MlflowInstallation.missing();
        assumeTrue(missing.isEmpty(), missing::toString);
    }

    @Test
    void server_frozenKilledAndStarted_keepsWhatAStockClientRegistered() throws Exception {
        try (TestMlflow mlflow = TestMlflow.on(postgres)) {
            assertThat(script("register.py", mlflow).run(Duration.ofSeconds(60)))
                    .containsExactly("kept 1");

            mlflow.freeze();
            assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> get(mlflow));
            mlflow.thaw();
            assertThat(get(mlflow)).contains("\"kept\"");

            mlflow.kill();
            assertThatIllegalStateException().isThrownBy(mlflow::freeze).withMessageContaining("does not run");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(mlflow));
            mlflow.start();
            assertThatIllegalStateException().isThrownBy(mlflow::start).withMessageContaining("runs already");
            assertThat(get(mlflow)).contains("\"kept\"");
            assertThat(mlflow.log()).isNotEmpty();
        }
    }

    private static PythonScript script(String name, TestMlflow mlflow) {
        return PythonScript.beside(TestMlflowTest.class, name)
                .environment("MLFLOW_TRACKING_URI", mlflow.uri().toString());
    }

    private static String get(TestMlflow mlflow) throws IOException, InterruptedException {
        URI search = mlflow.uri().resolve("/api/2.0/mlflow/registered-models/search");
        HttpRequest request =
                HttpRequest.newBuilder(search).timeout(Duration.ofSeconds(2)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
