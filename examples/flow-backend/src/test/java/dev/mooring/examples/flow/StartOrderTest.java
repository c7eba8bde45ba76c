package dev.mooring.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.profiles.Profile;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The services as processes, started one after the other before a database that comes 20 s late; all 24 orders with {@code
 * -Dflow.orders=24}.
 */
@Tag("long")
@Timeout(180)
class StartOrderTest {
    /** How long after the first service the database comes. */
    private static final Duration LATE = Duration.ofSeconds(20);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Spread over all orders. */
    static List<List<Service>> orders() {
        int wanted = Integer.getInteger("flow.orders", 2);
        List<List<Service>> all = permutations(List.of(Service.values()));
        return Stream.iterate(0, i -> i < wanted, i -> i + 1)
                .map(i -> all.get((all.size() - 1) * i / Math.max(1, wanted - 1)))
                .toList();
    }

    private static List<List<Service>> permutations(List<Service> services) {
        if (services.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Service>> all = new ArrayList<>();
        for (Service first : services) {
            List<Service> rest = services.stream().filter(one -> one != first).toList();
            for (List<Service> order : permutations(rest)) {
                all.add(Stream.concat(Stream.of(first), order.stream()).toList());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void services_beforeALateDatabase_allBecomeReady_andWork(List<Service> order) throws Exception {
        List<String> program = FlowProcess.program();
        Map<Service, FlowProcess> running = new EnumMap<>(Service.class);
        try (TestPostgres database = TestPostgres.started()) {
            database.admin().createDatabase(Profile.FLOW.database());
            database.stop();
            long begun = System.nanoTime();
            for (Service service : order) {
                FlowProcess process = FlowProcess.start(program, service, database);
                running.put(service, process);
                process.await("/health/live", 200, LIMIT);
                process.await("/health/ready", 503, LIMIT);
            }
            await().atMost(LATE.multipliedBy(2)).until(() -> System.nanoTime() - begun > LATE.toNanos());

            database.start();
            for (FlowProcess process : running.values()) {
                process.await("/health/ready", 200, LIMIT);
            }

            Customer customer = new Customer(
                    running.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue()
                            .port())));
            UUID placed = customer.order(customer.newUser(100));
            await().atMost(LIMIT).until(() -> customer.isDone(placed));
            for (FlowProcess process : running.values()) {
                // What the JVM says after a SIGTERM.
                assertThat(process.stop()).isEqualTo(143);
            }
        } finally {
            running.values().forEach(FlowProcess::close);
        }
    }
}
