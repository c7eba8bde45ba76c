package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.cli.docs.SpringExample.Offers;
import dev.mooring.cli.docs.SpringExample.Ranking;
import dev.mooring.embedded.machine.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(60)
class SpringExampleTest {
    @Test
    void applicationOfThePage_withoutItsDatabase_startsGuardsItsMethodAndSaysThatItIsNotReady() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(SpringExample.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.flyway.enabled=false",
                        "mooring.database.host=127.0.0.1",
                        "mooring.database.port=" + FreePort.choose(),
                        "mooring.database.name=orders",
                        "reports.url=jdbc:postgresql://127.0.0.1:" + FreePort.choose() + "/reports",
                        "mooring.ranking.cb.failure-threshold=2")
                .run()) {
            Ranking ranking = application.getBean(Ranking.class);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> ranking.rank("ada")).isInstanceOf(IOException.class);
            }

            assertThatThrownBy(() -> ranking.rank("ada"))
                    .isInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("ranking is not available: its circuit breaker is open");
            assertThat(application.getBean(Offers.class).of("ada")).containsExactly("bestsellers");
            assertThat(get(application, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(application, "/health").statusCode()).isEqualTo(503);
            assertThat(get(application, "/health").body())
                    .contains(
                            "\"reports\":{\"status\":\"",
                            "\"database\":\"disconnected\"",
                            "ranking: down, connection_refused: Nothing listens there");
        }
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext application, String path) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
