package dev.mooring.registry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.http.HttpCall;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.testing.fuzz.Fuzz;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;

/** Whatever a client sends, only what the guards promise reaches MLflow. */
@Timeout(120)
class GatewayFuzzTest {
    @Test
    void path_thatPasses_isOneThatEveryServerReadsAlike() {
        Fuzz.rounds(20_000, draw -> {
            String raw = draw.like(
                    "/api/2.0/mlflow/runs/get", "/mlflow/api/2.0/mlflow-artifacts/artifacts/1/a%20b", "/ajax-api/x");
            PathGuard.path(raw).ifPresent(path -> {
                assertThat(path).matches("/[!-~]+").doesNotContain("//", "/../", "/./", "\\", ";", "?", "#");
                assertThat(path.toLowerCase(java.util.Locale.ROOT)).doesNotContain("%2f", "%5c", "%00", "%0a", "%252f");
                assertThat(HttpCall.of("GET", path).target()).isEqualTo(path);
            });
            String query = draw.like("name=a&filter=x%20y");
            if (PathGuard.isQuery(query)) {
                assertThat(HttpCall.of("GET", "/a?" + query).target()).endsWith(query);
            }
        });
    }

    @Test
    void headers_thatPass_areNoneOfThisConnection_andNoCredentials() {
        Fuzz.rounds(20_000, draw -> {
            List<String> names = List.of(
                    draw.like("Authorization", "X-API-Key", "Cookie"),
                    draw.like("X-Custom", "Accept"),
                    draw.like("Connection", "Transfer-Encoding", "X-Forwarded-For"));
            List<String> passed = HeaderGuard.toMlflow(names, List.of(draw.like("close", "X-Custom, keep-alive")));
            assertThat(passed)
                    .allMatch(name -> name.matches("[A-Za-z0-9!#$%&'*+.^`|~-]+"))
                    .noneMatch(name -> name.matches(
                            "(?i)authorization|x-api-key|cookie|connection|transfer-encoding|x-forwarded-.*"));
            HeaderGuard.toClient(names, List.of(draw.text()));
        });
    }

    @Test
    void create_whateverItsBodyIs_isReadOrPassedOnAsItIs() {
        Fuzz.rounds(10_000, draw -> {
            byte[] body = draw.bytes(
                    "{\"name\":\"a\",\"source\":\"s3://b/p\",\"tags\":[{\"key\":\"k\",\"value\":\"v\"},{}]}");
            CreateRequest.of(body).ifPresent(request -> {
                request.tags();
                String sent = new String(request.with(Creates.TAG, new UUID(1, 2)), StandardCharsets.UTF_8);
                assertThat(sent).contains(new UUID(1, 2).toString());
            });
        });
    }

    @Test
    void redirect_whereverItLeads_leadsThroughThisService_orNowhere() {
        SafeLocation locations = new SafeLocation(URI.create("http://mlflow:5000/behind"));
        MlflowCall call = MlflowCall.of("GET", "/api/2.0/mlflow/runs/get").orElseThrow();
        Incoming incoming = new Incoming(new MockHttpServletRequest(), call, "/api/2.0/mlflow/runs/get");
        Fuzz.rounds(20_000, draw -> {
            String location = draw.like(
                    "http://mlflow:5000/behind/api/2.0/mlflow/runs/get?a=b",
                    "/behind/ajax-api/x",
                    "//evil/behind/api/2.0/mlflow/a");
            locations
                    .of(incoming, location)
                    .ifPresent(path -> assertThat(path).startsWith("/").doesNotStartWith("//"));
        });
    }
}
