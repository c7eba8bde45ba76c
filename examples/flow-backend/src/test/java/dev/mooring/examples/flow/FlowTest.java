package dev.mooring.examples.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.examples.flow.Customer.Reply;
import dev.mooring.profiles.Profile;
import dev.mooring.testing.load.LoadRecord;
import dev.mooring.testing.load.Sent;
import dev.mooring.testing.load.SteadyLoad;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The four services in this JVM, started before their database. */
@Timeout(120)
class FlowTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<Service, ConfigurableApplicationContext> SERVICES = new EnumMap<>(Service.class);

    private static TestPostgres database;
    private static Customer customer;

    @BeforeAll
    static void start() throws Exception {
        database = TestPostgres.started();
        database.admin().createDatabase(Profile.FLOW.database());
        database.stop();
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        List<Service> backwards = new ArrayList<>(List.of(Service.values()));
        Collections.reverse(backwards);
        for (Service service : backwards) {
            int port = FreePort.choose();
            ports.put(service, port);
            SERVICES.put(service, FlowService.application(service).run(arguments(database, port)));
        }
        customer = new Customer(ports);
        for (Service service : Service.values()) {
            assertThat(customer.status(service, "/health/live")).isEqualTo(200);
            assertThat(customer.status(service, "/health/ready")).isEqualTo(503);
        }
        database.start();
        for (Service service : Service.values()) {
            await().atMost(LIMIT).until(() -> customer.status(service, "/health/ready") == 200);
        }
    }

    static String[] arguments(TestPostgres database, int port, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--server.port=" + port,
                                "--server.address=127.0.0.1",
                                "--mooring.shutdown-drain-delay=0",
                                "--mooring.database.host=" + database.host(),
                                "--mooring.database.port=" + database.port(),
                                "--mooring.database.user=" + database.admin().user(),
                                "--mooring.database.password="
                                        + database.admin().password()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
        database.close();
    }

    @Test
    void order_isReserved_thenPaid_andItsUserIsNotified() throws Exception {
        UUID user = customer.newUser(5_000);

        Reply placed = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 1_999));

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.body().get("status").asString()).isEqualTo("reserved");
        UUID order = UUID.fromString(placed.body().get("id").asString());
        await().atMost(LIMIT).until(() -> customer.isDone(order));
        Reply told = customer.get(Service.NOTIFICATIONS, "/notifications?order_id=" + order);
        assertThat(told.body().at("/notifications/0/text").asString()).isEqualTo("Your order of a book is paid.");
        Reply payment = customer.get(Service.PAYMENTS, "/payments?order_id=" + order);
        assertThat(payment.body().at("/payments/0/amount_cents").asLong()).isEqualTo(1_999);
    }

    @Test
    void order_beyondTheCredit_isRefused_andTakesNothing() throws Exception {
        UUID user = customer.newUser(100);

        Reply tooMuch = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 101));
        Reply all = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 100));
        Reply more = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 1));

        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.code()).isEqualTo("credit_exhausted");
        assertThat(all.status()).isEqualTo(201);
        assertThat(more.status()).isEqualTo(409);
    }

    @Test
    void order_sentAgainWithItsKey_isTheSameOrder() throws Exception {
        UUID user = customer.newUser(100);
        String key = UUID.randomUUID().toString();

        Reply first = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 60), "Idempotency-Key", key);
        Reply again = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 60), "Idempotency-Key", key);
        Reply other = customer.post(Service.ORDERS, "/orders", Customer.orderOf(user, 61), "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().get("id").asString()).isEqualTo(key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void mistakesOfClients_haveCodes() throws Exception {
        String user = "{\"email\":\"%s@example.org\",\"credit_cents\":1}".formatted(UUID.randomUUID());
        customer.post(Service.USERS, "/users", user);
        UUID unknown = UUID.randomUUID();

        assertThat(customer.post(Service.USERS, "/users", user).code()).isEqualTo("email_taken");
        assertThat(customer.post(Service.USERS, "/users", "{").code()).isEqualTo("malformed_json");
        assertThat(customer.get(Service.USERS, "/users/" + unknown).code()).isEqualTo("user_not_found");
        assertThat(customer.get(Service.ORDERS, "/orders/" + unknown).code()).isEqualTo("order_not_found");
        assertThat(customer.post(Service.ORDERS, "/orders", Customer.orderOf(unknown, 1))
                        .code())
                .isEqualTo("user_not_found");
        Reply invalid = customer.post(
                Service.ORDERS, "/orders", "{\"user_id\":\"me\",\"item\":\"a book\",\"amount_cents\":1.5}");
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.body().get("errors")).isEqualTo(JsonMapper.shared().readTree("""
                [{"field": "user_id", "message": "must be a UUID"},
                 {"field": "amount_cents", "message": "must be a whole number of cents from 1 to 100000000"}]"""));
    }

    @Test
    void user_isShown() throws Exception {
        UUID user = customer.newUser(700);

        Reply shown = customer.get(Service.USERS, "/users/" + user);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().get("credit_cents").asLong()).isEqualTo(700);
    }

    @Test
    void readyCheckOfTheContainers_isTheAnswerOfTheService() {
        String port = String.valueOf(customer.port(Service.USERS));

        assertThat(ready(port)).isZero();
        assertThat(ready(String.valueOf(FreePort.choose()))).isEqualTo(1);
    }

    private static int ready(String port) {
        try (ChildProcess check = ChildProcess.command(
                        Path.of("ready").toAbsolutePath().toString(), port)
                .start()) {
            return check.awaitExit(LIMIT);
        }
    }

    @Test
    void sessions_haveTheirServicesName_andKeepAliveOnTheServersSide() throws SQLException {
        for (Service service : Service.values()) {
            DataSource pool = SERVICES.get(service).getBean(DataSource.class);
            try (Connection connection = pool.getConnection()) {
                assertThat(show(connection, "application_name")).isEqualTo("flow_backend_" + service);
                assertThat(show(connection, "tcp_keepalives_idle")).isEqualTo("600");
                assertThat(show(connection, "tcp_keepalives_interval")).isEqualTo("30");
                assertThat(show(connection, "tcp_keepalives_count")).isEqualTo("3");
            }
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void orders_whileTheDatabaseRestarts_allSucceed_andArePaidOnce() throws Exception {
        UUID user = customer.newUser(1_000_000);
        Queue<UUID> orders = new ConcurrentLinkedQueue<>();
        LoadRecord record;
        try (SteadyLoad load = SteadyLoad.of(10, () -> orders.add(customer.order(user)))) {
            await().atMost(LIMIT).until(() -> orders.size() > 10);
            int before = orders.size();
            database.restart();
            await().atMost(LIMIT).until(() -> orders.size() > before + 20);
            record = load.stop();
        }

        assertThat(record.calls()).extracting(Sent::error).allMatch(Optional::isEmpty);
        for (UUID order : orders) {
            await().atMost(LIMIT).until(() -> customer.isDone(order));
        }
        assertThat(orders).doesNotHaveDuplicates().hasSize(count(user));
    }

    private static int count(UUID user) throws SQLException {
        String query = "select count(*) from orders where user_id = '" + user + "'";
        return Integer.parseInt(database.admin().ask(Profile.FLOW.database(), query));
    }
}
