package dev.mooring.registry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.mlflow.MlflowCall;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Where redirects of MLflow lead clients. MLflow stands at {@code http://mlflow:5000/base}, and the client asked below {@code /mlflow}. */
class SafeLocationTest {
    private static final SafeLocation LOCATIONS = new SafeLocation(URI.create("http://mlflow:5000/base"));

    private static Incoming incoming() {
        MlflowCall call =
                MlflowCall.of("GET", "/mlflow/api/2.0/mlflow/runs/get").orElseThrow();
        return new Incoming(new MockHttpServletRequest(), call, "/api/2.0/mlflow/runs/get?run_id=1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://mlflow:5000/base/api/2.0/mlflow/runs/search, /mlflow/api/2.0/mlflow/runs/search",
        "http://MLFLOW:5000/base/api/2.0/mlflow/runs/get?run_id=a%2Fb, /mlflow/api/2.0/mlflow/runs/get?run_id=a%2Fb",
        "/base/ajax-api/2.0/mlflow/runs/get, /mlflow/ajax-api/2.0/mlflow/runs/get",
        "search, /mlflow/api/2.0/mlflow/runs/search"
    })
    void redirect_toAPathOfMlflow_leadsThroughTheService(String location, String forClient) {
        assertThat(LOCATIONS.of(incoming(), location)).hasValue(forClient);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other:5000/base/api/2.0/mlflow/runs/get",
                "http://mlflow:5001/base/api/2.0/mlflow/runs/get",
                "http://mlflow@evil/base/api/2.0/mlflow/runs/get",
                "http://mlflow:5000/api/2.0/mlflow/runs/get",
                "http://mlflow:5000/base/admin",
                "//evil/base/api/2.0/mlflow/runs/get",
                "/base/api/2.0/mlflow/%2e%2e/admin",
                "../../../../admin",
                "javascript:alert(1)",
                "mailto:a@b",
                "http://",
                "a b",
                ""
            })
    void redirect_elsewhere_leadsNowhere(String location) {
        assertThat(LOCATIONS.of(incoming(), location).orElse("")).doesNotContain("mlflow:5000", "evil", "admin");
    }
}
