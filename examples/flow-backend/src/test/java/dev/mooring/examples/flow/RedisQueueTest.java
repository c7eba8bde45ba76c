package dev.mooring.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.profiles.Profile;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** The services with their queue in Redis, as in compose.yaml. */
@Tag("long")
@Timeout(120)
class RedisQueueTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Test
    void order_whileRedisIsAway_isAccepted_andIsPaidWhenRedisIsBack() throws Exception {
        Map<Service, ConfigurableApplicationContext> services = new EnumMap<>(Service.class);
        try (TestPostgres database = TestPostgres.started();
                TestRedis redis = TestRedis.started()) {
            database.admin().createDatabase(Profile.FLOW.database());
            Map<Service, Integer> ports = new EnumMap<>(Service.class);
            for (Service service : Service.values()) {
                int port = FreePort.choose();
                ports.put(service, port);
                services.put(
                        service,
                        FlowService.application(service)
                                .run(FlowTest.arguments(
                                        database,
                                        port,
                                        "--mooring.redis.host=" + redis.host(),
                                        "--mooring.redis.port=" + redis.port())));
            }
            Customer customer = new Customer(ports);
            for (Service service : Service.values()) {
                await().atMost(LIMIT).until(() -> customer.status(service, "/health/ready") == 200);
            }
            assertThat(customer.get(Service.ORDERS, "/health")
                            .body()
                            .at("/dependencies/redis/status")
                            .asString())
                    .isEqualTo("up");
            UUID user = customer.newUser(100);
            UUID first = customer.order(user);
            await().atMost(LIMIT).until(() -> customer.isDone(first));

            redis.stop();
            UUID second = customer.order(user);
            assertThat(customer.get(Service.ORDERS, "/orders/" + second)
                            .body()
                            .get("status")
                            .asString())
                    .isEqualTo("reserved");
            redis.start();

            await().atMost(LIMIT).until(() -> customer.isDone(second));
        } finally {
            services.values().forEach(ConfigurableApplicationContext::close);
        }
    }
}
