package dev.mooring.registry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of paths that pass, and of attempts that do not. */
class PathGuardTest {
    @ParameterizedTest
    @CsvSource({
        "/api/2.0/mlflow/registered-models/get, /api/2.0/mlflow/registered-models/get",
        "/mlflow/api/2.0/mlflow/runs/log-batch, /api/2.0/mlflow/runs/log-batch",
        "/api/mlflow/api/3.0/mlflow/traces, /api/3.0/mlflow/traces",
        "/ajax-api/2.0/mlflow/runs/search, /ajax-api/2.0/mlflow/runs/search",
        "/mlflow/ajax-api/3.0/mlflow/server-info, /ajax-api/3.0/mlflow/server-info",
        "/api/2.0/mlflow-artifacts/artifacts/1/a%20b/model%23.pkl, "
                + "/api/2.0/mlflow-artifacts/artifacts/1/a%20b/model%23.pkl",
        "/api/2.0/mlflow-artifacts/artifacts/100%25/..a/b.., /api/2.0/mlflow-artifacts/artifacts/100%25/..a/b..",
        "/api/2.0/mlflow-artifacts/artifacts/%C3%BC/@x:y, /api/2.0/mlflow-artifacts/artifacts/%C3%BC/@x:y"
    })
    void path_ofMlflowsOwnClients_passes(String raw, String forwarded) {
        assertThat(PathGuard.path(raw)).contains(forwarded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/health",
                "/graphql",
                "/api/2.0/mlflow",
                "/api/2.0/mlflow/",
                "/api/2.0/mlflowx/y",
                "/api/2.0/preview/mlflow/runs/get",
                "/api/1.0/mlflow/x",
                "/API/2.0/mlflow/x",
                "/mlflow/mlflow/api/2.0/mlflow/x",
                "/api/mlflow/mlflow/api/2.0/mlflow/x",
                "http://evil/api/2.0/mlflow/x",
                "//evil/api/2.0/mlflow/x",
                "/api//2.0/mlflow/x",
                "/api/2.0/mlflow//x",
                "/api/2.0/mlflow/x/",
                "/api/2.0/mlflow/../../../health",
                "/api/2.0/mlflow/./x",
                "/api/2.0/mlflow/x/..",
                "/api/2.0/mlflow/%2e%2e/x",
                "/api/2.0/mlflow/.%2E/x",
                "/api/2.0/mlflow/%2e",
                "/api/2.0/mlflow/%252e%252e/x",
                "/api/2.0/mlflow/%25252e./x",
                "/api/2.0/mlflow/a%2Fb",
                "/api/2.0/mlflow/a%2fb",
                "/api/2.0/mlflow/a%252Fb",
                "/api/2.0/mlflow/a\\b",
                "/api/2.0/mlflow/a%5Cb",
                "/api/2.0/mlflow/a%255cb",
                "/api/2.0/mlflow/a;jsessionid=1",
                "/api/2.0/mlflow/..;/x",
                "/api/2.0/mlflow/a%3Bb",
                "/api/2.0/mlflow/a%00b",
                "/api/2.0/mlflow/a%0d%0aHost:%20evil",
                "/api/2.0/mlflow/a%250ab",
                "/api/2.0/mlflow/a%7Fb",
                "/api/2.0/mlflow/a b",
                "/api/2.0/mlflow/a\r\nHost: evil",
                "/api/2.0/mlflow/a?b=c",
                "/api/2.0/mlflow/a#b",
                "/api/2.0/mlflow/%zz",
                "/api/2.0/mlflow/%",
                "/api/2.0/mlflow/ü",
                "/api/2.0/mlflow/\u2025/x"
            })
    void attempt_isRefused(String raw) {
        assertThat(PathGuard.path(raw)).isEmpty();
    }

    @Test
    void path_ofAnyLength_isDecidedAtOnce() {
        String endless = "/api/2.0/mlflow" + "/a".repeat(100_000);
        assertThat(PathGuard.path(endless)).isEmpty();
        assertThat(PathGuard.path("/api/2.0/mlflow" + "/a".repeat(4_000))).isPresent();
        assertThat(PathGuard.path("/api/2.0/mlflow/" + "%25".repeat(2_000) + "/x"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&a=c", "filter=name%20%3D%20%27a%2Fb%27&order_by=name+ASC", "path=../x"})
    void query_ofAClient_passes(String raw) {
        assertThat(PathGuard.isQuery(raw)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a#b", "a\r\nX: y", "a=%", "a=\u00fc", "a=\"x\"", "a=<x>", "a={}", "a=\\"})
    void query_thatIsNotEncoded_isRefused(String raw) {
        assertThat(PathGuard.isQuery(raw)).isFalse();
    }
}
