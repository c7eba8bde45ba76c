package dev.mooring.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.messages.Backlog;
import dev.mooring.messages.Message;
import dev.mooring.messages.Relay;
import dev.mooring.messages.queue.Handler;
import dev.mooring.testing.http.ScriptedServer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The application of the page on a real database, with a billing service that is well, away and ill. */
@Timeout(120)
class OutboxTest {
    private static final Queue<Bill> BILLS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> DEPLOYED = new ConcurrentLinkedQueue<>();
    private static TestPostgres server;
    private static ScriptedServer billing;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("shop");
        server.admin().execute("shop", sqlOfThePage(0));
        billing = ScriptedServer.start();
        billing.answers((request, reply) -> {
            Bill bill = new Bill(request.header("Idempotency-Key").orElseThrow(), request.text());
            BILLS.add(bill);
            reply.json(bill.order().contains("eve") ? 422 : 200, "{}");
        });
        application = run("shop", OrdersApplication.class);
    }

    @AfterAll
    static void end() {
        application.close();
        billing.close();
        server.close();
    }

    private static ConfigurableApplicationContext run(String database, Class<?> what, String... more) {
        return new SpringApplicationBuilder(what)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.datasource.url=" + server.jdbcUrl(database),
                        "spring.datasource.username=" + server.admin().user(),
                        "spring.datasource.password=" + server.admin().password(),
                        "billing.url=" + billing.uri())
                .properties(more)
                .run();
    }

    /** The SQL on the page, in its order. */
    private static String sqlOfThePage(int place) throws IOException {
        return Pattern.compile("(?ms)^```sql\\n(.*?)^```$")
                .matcher(Files.readString(Path.of("../docs/how-to/outbox.md")))
                .results()
                .map(block -> block.group(1))
                .toList()
                .get(place);
    }

    private static JdbcClient database() {
        return application.getBean(JdbcClient.class);
    }

    private static TransactionalOutbox outbox() {
        return application.getBean(TransactionalOutbox.class);
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    }

    private static String state(String customer) {
        return database()
                .sql("select state from mooring.outbox where ordering_key = ?")
                .param(customer)
                .query(String.class)
                .list()
                .toString();
    }

    private static List<String> bodies(String customer) {
        return bills(customer).map(Bill::order).toList();
    }

    private static Stream<Bill> bills(String customer) {
        return BILLS.stream().filter(bill -> bill.order().contains(customer));
    }

    private record Bill(String idempotencyKey, String order) {}

    @Test
    void order_isBilled_whenItsTransactionCommitted_andAtOnce() {
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> state("none")
                .equals("[]"));
        long begun = System.nanoTime();

        application.getBean(Orders.class).place("ada", "{\"ada\": 1}");

        await().until(() -> bodies("ada").equals(List.of("{\"ada\": 1}")));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
        await().until(() -> state("ada").equals("[sent]"));
        assertThat(application.getBean(Backlog.class).destination()).isEqualTo("billing");
    }

    @Test
    void order_whoseTransactionRollsBack_isNotBilled() {
        transaction().executeWithoutResult(status -> {
            application.getBean(Orders.class).place("bob", "{\"bob\": 1}");
            status.setRollbackOnly();
        });

        assertThat(state("bob")).isEqualTo("[]");
        assertThat(bodies("bob")).isEmpty();
    }

    @Test
    void orders_whileBillingIsAway_wait_andNoAttemptCounts_andGoOnInOrderWhenItIsBack() {
        billing.goesAway();
        for (int i = 0; i < 10; i++) {
            application.getBean(Orders.class).place("cid", "{\"cid\": " + i + "}");
        }
        await().until(() -> database()
                        .sql("select max(claims) from mooring.outbox where ordering_key = 'cid'")
                        .query(Integer.class)
                        .single()
                >= 3);
        billing.comesBack();

        await().atMost(Duration.ofSeconds(30)).until(() -> bodies("cid").size() >= 10);
        assertThat(bodies("cid").stream().distinct())
                .containsExactlyElementsOf(IntStream.range(0, 10)
                        .mapToObj(i -> "{\"cid\": " + i + "}")
                        .toList());
        assertThat(database()
                        .sql("select sum(refusals) from mooring.outbox where ordering_key = 'cid'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void order_thatBillingRefuses_isADeadLetterAfterItsLastAttempt() throws IOException {
        application.getBean(Orders.class).place("eve", "{\"eve\": 1}");

        await().atMost(Duration.ofSeconds(20)).until(() -> state("eve").equals("[dead]"));
        assertThat(bodies("eve")).hasSize(3);
        assertThat(database().sql(sqlOfThePage(1)).query().listOfRows())
                .filteredOn(row -> row.get("ordering_key").equals("eve"))
                .singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("refusals", 3)
                .containsEntry("cause_message", "422 Unprocessable Content: \"{}\"");
        assertThat(bills("eve").map(Bill::idempotencyKey).distinct()).hasSize(1);
    }

    @Test
    void message_withoutATransaction_inAReadOnlyOne_orInOneOfAnotherDatabase_isRefused() {
        assertThatThrownBy(() -> outbox().add("billing", "key", "order.placed", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The outbox takes no message of type order.placed to billing, because no transaction is active. Call it"
                                + " from a method with @Transactional, on the thread of the transaction.");
        TransactionTemplate reading = transaction();
        reading.setReadOnly(true);
        assertThatThrownBy(() ->
                        reading.executeWithoutResult(status -> outbox().add("billing", "key", "order.placed", "{}")))
                .hasMessageContaining("read-only");
        DataSource other = new DriverManagerDataSource(
                server.jdbcUrl("shop"), server.admin().user(), server.admin().password());
        assertThatThrownBy(() -> new TransactionTemplate(new DataSourceTransactionManager(other))
                        .executeWithoutResult(status -> outbox().add("billing", "key", "order.placed", "{}")))
                .hasMessageContaining("another DataSource");
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() -> transaction().executeWithoutResult(status -> {
                    outbox().add(new Message(id, "billing", "key", "order.placed", "{}"));
                    outbox().add(new Message(id, "billing", "key", "order.placed", "{}"));
                }))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void message_addedInATransactionOfJpa_isPartOfIt() {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(application.getBean(DataSource.class));
        factory.setPersistenceProviderClass(HibernatePersistenceProvider.class);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setPackagesToScan("dev.mooring.spring.outbox");
        factory.afterPropertiesSet();
        try (var entities = factory.getObject()) {
            assertThat(entities).isNotNull();
            JpaTransactionManager manager = new JpaTransactionManager(entities);
            manager.afterPropertiesSet();
            TransactionTemplate jpa = new TransactionTemplate(manager);
            jpa.executeWithoutResult(status -> {
                outbox().add("billing", "flo", "order.placed", "{\"flo\": 1}");
                status.setRollbackOnly();
            });
            assertThat(state("flo")).isEqualTo("[]");

            jpa.executeWithoutResult(status -> outbox().add("billing", "flo", "order.placed", "{\"flo\": 2}"));

            await().until(() -> bodies("flo").equals(List.of("{\"flo\": 2}")));
        }
    }

    @Test
    void message_toAQueueInRedis_reachesItsConsumer() throws SQLException {
        server.admin().createDatabase("queue");
        try (TestRedis redis = TestRedis.started();
                ConfigurableApplicationContext queue = run(
                        "queue",
                        WithQueue.class,
                        "mooring.redis.host=" + redis.host(),
                        "mooring.redis.port=" + redis.port())) {
            TransactionTemplate transactions = new TransactionTemplate(queue.getBean(PlatformTransactionManager.class));
            TransactionalOutbox outbox = queue.getBean(TransactionalOutbox.class);
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                transactions.executeWithoutResult(
                        status -> outbox.add("deployments", "fraud", "model.promoted", "{\"name\": \"fraud\"}"));
                return true;
            });
            await().until(() -> DEPLOYED.contains("{\"name\": \"fraud\"}"));
        }
    }

    @Test
    void application_withAFlywayOfItsOwn_keepsItsHistory_andOneThatDeliversElsewhereHasNoRelay() throws SQLException {
        server.admin().createDatabase("own");
        try (ConfigurableApplicationContext own = run("own", WithFlyway.class, "mooring.outbox.enabled=true")) {
            JdbcClient client = own.getBean(JdbcClient.class);
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> client.sql(
                            "select count(*) from mooring.outbox")
                    .query(Integer.class)
                    .single()
                    .equals(0));

            assertThat(own.getBeansOfType(Relay.class)).isEmpty();
            assertThat(client.sql("select description from public.flyway_schema_history")
                            .query(String.class)
                            .list())
                    .containsExactly("things");
        }
    }

    @Test
    void application_thatDoesNotAsk_hasNoOutbox_andNoTables() throws SQLException {
        server.admin().createDatabase("plain");
        try (ConfigurableApplicationContext plain = run("plain", WithFlyway.class)) {
            assertThat(plain.getBeansOfType(TransactionalOutbox.class)).isEmpty();
            assertThat(plain.getBean(JdbcClient.class)
                            .sql("select count(*) from information_schema.schemata where schema_name = 'mooring'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
        assertThatThrownBy(() -> run("plain", OrdersApplication.class, "mooring.outbox.enabled=false"))
                .hasMessageContaining("TransactionalOutbox");
    }

    @Test
    void application_withoutTheModule_startsAsBefore() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OutboxAutoConfiguration.class))
                .withPropertyValues("mooring.outbox.enabled=true")
                .withClassLoader(new FilteredClassLoader("dev.mooring.messages"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(OutboxAutoConfiguration.class));
    }

    /** An application with {@link DeploymentQueue}, which docs/how-to/queues.md shows. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {FlywayAutoConfiguration.class, DataRedisAutoConfiguration.class})
    @Import(DeploymentQueue.class)
    static class WithQueue {
        @Bean
        Handler deploy() {
            return message -> DEPLOYED.add(message.payload());
        }
    }

    /** An application that migrates tables of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithFlyway {}
}
