package dev.mooring.registry.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.operations.access.Caller;
import dev.mooring.registry.local.LocalMlflowConfiguration;
import dev.mooring.registry.mlflow.MlflowConfiguration;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Affected;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The answers to clients when the database fails during their call, before the breaker opens. */
@Timeout(120)
@DirtiesContext
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = DatabaseTroubleTest.App.class,
        properties = "server.address=127.0.0.1")
class DatabaseTroubleTest {
    private static final String GOOD = "{\"name\":\"troubled\",\"source\":\"s3://b/s\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private TestPostgres server;

    @Autowired
    private FaultProxy proxy;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
        assertThat(http.register(GOOD).statusCode()).isEqualTo(201);
    }

    @Test
    void readOnlyDatabase_answersReadsAndRefusesWrites() throws SQLException {
        server.makeReadOnly();
        try {
            HttpResponse<String> refused = http.register(GOOD);
            isUnavailable(refused);
            assertThat(Http.json(refused).path("kind").asString()).isEqualTo("read_only");
            isUnavailable(http.put("/models/troubled/aliases/a", "{\"version\":\"1\"}"));
            isUnavailableToMlflowsClient("POST", "model-versions/create");
            assertThat(http.get("/models/troubled").statusCode()).isEqualTo(200);
        } finally {
            server.makeWritable();
        }
        worksAgain();
    }

    @Test
    void lockedModel_endsInTime() throws SQLException {
        try (var connection = server.admin().connect("registry")) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table mooring.model in access exclusive mode");
            isUnavailable(http.register(GOOD));
            isUnavailable(http.get("/models/troubled"));
        }
        worksAgain();
    }

    @Test
    void idempotencyKeyOfARequestThatHasNotEnded_isConflict() throws SQLException {
        String key = "under-way";
        try (var connection = server.admin().connect("registry");
                var first = connection.prepareStatement("""
                        insert into mooring.registration (registration_id, scope, idempotency_key, request_hash, model)
                        values (gen_random_uuid(), ?, ?, '', 'troubled')
                        """)) {
            connection.setAutoCommit(false);
            first.setString(1, Caller.nameOf(null));
            first.setString(2, key);
            assertThat(first.executeUpdate()).isOne();

            HttpResponse<String> second = http.register(GOOD, "Idempotency-Key", key);

            assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
            assertThat(Http.json(second).path("code").asString()).isEqualTo("idempotency_key_in_use");
            assertThat(second.headers().firstValue("Retry-After")).contains("1");
            assertThat(http.register(GOOD, "Idempotency-Key", "another").statusCode())
                    .isEqualTo(201);
        }
        assertThat(http.register(GOOD, "Idempotency-Key", key).statusCode()).isEqualTo(201);
    }

    @Test
    void connectionCutInTheMiddle_isNoFaultOfOurs() {
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        for (int cut = 0; cut < 120; cut += 13) {
            proxy.inject(Fault.cutAfter(cut, Direction.SERVER_TO_CLIENT), Affected.EXISTING);
            HttpResponse<String> read = http.get("/models/troubled");
            statuses.merge(read.statusCode(), 1, Integer::sum);
            assertThat(read.statusCode()).as(read.body()).isIn(200, 503);
            proxy.inject(Fault.cutAfter(cut, Direction.CLIENT_TO_SERVER), Affected.EXISTING);
            HttpResponse<String> write = http.put("/models/troubled/aliases/a", "{\"version\":\"1\"}");
            statuses.merge(write.statusCode(), 1, Integer::sum);
            assertThat(write.statusCode()).as(write.body()).isIn(200, 503);
            proxy.heal();
            worksAgain();
        }
        assertThat(statuses).containsKey(503);
    }

    @Test
    void killedServer_isUnavailableUntilItIsBack() {
        server.kill();
        isUnavailable(http.register(GOOD));
        isUnavailable(http.get("/models"));
        isUnavailableToMlflowsClient("POST", "model-versions/create");
        isUnavailableToMlflowsClient("POST", "registered-models/get-latest-versions");
        server.start();
        worksAgain();
    }

    private void worksAgain() {
        Awaitility.await().until(() -> http.register(GOOD).statusCode() == 201);
    }

    private void isUnavailableToMlflowsClient(String method, String path) {
        HttpResponse<String> answer = http.send(http.request("/api/2.0/mlflow/" + path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{\"name\":\"troubled\",\"source\":\"s3://b/k\"}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Http.json(answer).propertyNames()).containsExactly("error_code", "message");
        assertThat(Http.json(answer).path("error_code").asString()).isEqualTo("TEMPORARILY_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    }

    private static void isUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(Http.json(answer).path("code").asString()).isEqualTo("database_unavailable");
        assertThat(Http.json(answer).path("kind").asString()).as(answer.body()).isNotEmpty();
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ModelsConfiguration.class, MlflowConfiguration.class, LocalMlflowConfiguration.class, WithoutEvents.class})
    static class App {
        @Bean
        TestPostgres server() throws SQLException {
            TestPostgres server = TestPostgres.started();
            server.admin().createDatabase("registry");
            return server;
        }

        @Bean
        FaultProxy proxy(TestPostgres server) {
            return FaultProxy.to(server.host(), server.port());
        }

        @Bean
        DataSource dataSource(TestPostgres server, FaultProxy proxy) {
            RegistryKit.migrate(server.admin().dataSource("registry"));
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:postgresql://" + proxy.host() + ":" + proxy.port()
                    + "/registry?options=-c%20statement_timeout=1s");
            pool.setUsername(server.admin().user());
            pool.setPassword(server.admin().password());
            pool.setConnectionTimeout(1_000);
            return pool;
        }
    }
}
