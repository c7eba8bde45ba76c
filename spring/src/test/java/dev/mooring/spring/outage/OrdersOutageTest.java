package dev.mooring.spring.outage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

// The code of docs/how-to/test-an-outage.md.
// tag::boot
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrdersOutageTest {
    private static final TestPostgres SERVER = TestPostgres.started();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> SERVER.jdbcUrl("postgres"));
        properties.add("spring.datasource.username", () -> SERVER.admin().user());
        properties.add("spring.datasource.password", () -> SERVER.admin().password());
    }

    @Test
    void service_withoutItsDatabase_isNotReadyAndRefuses_andWorksAgainWhenItIsBack(
            @LocalServerPort int port, @Autowired JdbcClient database) {
        await().until(() -> ready(port) == 200);
        SERVER.stop();
        await().until(() -> ready(port) == 503);
        assertThatThrownBy(() -> database.sql("select 1").query().singleRow()).isInstanceOf(DataAccessException.class);
        SERVER.start();
        await().until(() -> ready(port) == 200);
    }

    private static int ready(int port) {
        return RestClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/health/ready")
                .exchange((request, answer) -> answer.getStatusCode().value());
    }
}
// end::boot
