package dev.mooring.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class MlflowCallTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /api/2.0/mlflow/registered-models/search, READ, REGISTRY",
        "HEAD, /api/2.0/mlflow/registered-models/search, READ, REGISTRY",
        "POST, /api/2.0/mlflow/registered-models/get-latest-versions, READ, REGISTRY",
        "POST, /ajax-api/2.0/mlflow/model-versions/create, WRITE, REGISTRY",
        "DELETE, /mlflow/api/2.0/mlflow/registered-models/alias, WRITE, REGISTRY",
        "POST, /api/mlflow/api/2.0/mlflow/runs/search, READ, TRACKING",
        "POST, /api/2.0/mlflow/runs/create, WRITE, TRACKING",
        "PATCH, /api/2.0/mlflow/logged-models/m-1/tags, WRITE, TRACKING",
        "GET, /api/2.0/mlflow-artifacts/artifacts/1/a/b, READ, ARTIFACTS",
        "PUT, /mlflow/api/2.0/mlflow-artifacts/artifacts/1/a/b, WRITE, ARTIFACTS",
        "POST, /api/2.0/mlflow-artifacts/nothing/yet, WRITE, ARTIFACTS",
        "GET, /api/3.0/mlflow/server-info, READ, OTHER",
        "POST, /api/2.0/mlflow/nothing, WRITE, OTHER",
        "OPTIONS, /api/2.0/mlflow/nothing, READ, OTHER",
        "GET, /api/2.0/mlflow, READ, OTHER",
        "GET, /ajax-api/9.9/any, READ, OTHER"
    })
    void path_isReadWithItsEffect(String method, String path, Effect effect, Area area) {
        MlflowCall call = MlflowCall.of(method, path).orElseThrow();

        assertThat(call.effect()).isEqualTo(effect);
        assertThat(call.area()).isEqualTo(area);
        assertThat(call.path().mount() + call.path().rest()).isEqualTo(path);
        assertThat(call.path().rest()).matches("/(api|ajax-api)(/.*)?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/api",
                "/api/2.0",
                "/api/2.0/mlflowx",
                "/api/2.0/mlflow-artifactsx/y",
                "/api/4.0/mlflow/x",
                "/mlflow",
                "/mlflow/version",
                "/api/mlflow/graphql",
                "/models",
                "/x/api/2.0/mlflow/runs/get",
                "/mlflow/mlflow/api/2.0/mlflow/runs/get",
                "/ajax-apix"
            })
    void otherPath_isNotMlflows(String path) {
        assertThat(MlflowPath.of(path)).isEmpty();
    }

    @Test
    void endpoints_areThoseOfTheServer() {
        assertThat(MlflowEndpoints.ALL).hasSizeGreaterThan(200).doesNotHaveDuplicates();
        assertThat(MlflowEndpoints.ALL.stream().filter(one -> one.area() == Area.REGISTRY))
                .hasSize(22);
        assertThat(MlflowEndpoints.methods(
                        MlflowPath.of("/api/2.0/mlflow/registered-models/alias").orElseThrow()))
                .containsExactly("DELETE", "GET", "HEAD", "OPTIONS", "POST");
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400, BAD_REQUEST",
        "401, 401, UNAUTHENTICATED",
        "403, 403, PERMISSION_DENIED",
        "404, 404, ENDPOINT_NOT_FOUND",
        "405, 405, BAD_REQUEST",
        "408, 408, TEMPORARILY_UNAVAILABLE",
        "409, 409, RESOURCE_CONFLICT",
        "413, 413, BAD_REQUEST",
        "415, 400, BAD_REQUEST",
        "422, 400, INVALID_PARAMETER_VALUE",
        "429, 429, REQUEST_LIMIT_EXCEEDED",
        "500, 500, INTERNAL_ERROR",
        "501, 501, NOT_IMPLEMENTED",
        "503, 503, TEMPORARILY_UNAVAILABLE"
    })
    void errorOfAnotherLayer_getsMlflowsForm(int status, int sent, MlflowErrorCode code) {
        MlflowError error = MlflowError.of(Problem.of(status, "some_code", "What happened."));

        assertThat(error.status()).isEqualTo(sent);
        assertThat(new String(error.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"error_code\":\"" + code + "\",\"message\":\"What happened." + advice(status) + "\"}\n");
    }

    @ParameterizedTest
    @CsvSource({"GET, 429, 1, 10", "POST, 429, 1, 10", "GET, 429, 720, 720", "POST, 503, 1, 10", "POST, 409, 1, 1"})
    void quotaOrOutage_asksForAWaitThatTheStockClientOutlasts(String method, int status, int wait, int asked) {
        Problem problem = Problem.of(status, "some_code", "What happened.").withRetryAfter(Duration.ofSeconds(wait));
        var request = new MockHttpServletRequest(method, "/api/2.0/mlflow/registered-models/search");

        assertThat(new MlflowErrorForm().answer(request, problem, "id").retryAfter())
                .contains(Duration.ofSeconds(asked));
    }

    @Test
    void pageOfErrors_saysWhichFormEachStatusGets() throws IOException {
        String page = Files.readString(Path.of("src/main/resources/errors.md"));
        Matcher row = Pattern.compile("(?m)^\\| ([0-9, ]+) \\| ([0-9]+|the same) \\| `([A-Z_]+)` \\|$")
                .matcher(page);
        int statuses = 0;
        while (row.find()) {
            for (String status : row.group(1).split(", ")) {
                MlflowError error = MlflowError.of(Problem.of(Integer.parseInt(status), "some_code", "What happened."));
                String sent = row.group(2).equals("the same") ? status : row.group(2);
                assertThat(error.status()).as(row.group()).isEqualTo(Integer.parseInt(sent));
                assertThat(error.code().name()).as(row.group()).isEqualTo(row.group(3));
                statuses++;
            }
        }
        assertThat(statuses).isEqualTo(17);
    }

    private static String advice(int status) {
        return status == 401 ? " MLflow's client sends the key that MLFLOW_TRACKING_TOKEN holds." : "";
    }
}
