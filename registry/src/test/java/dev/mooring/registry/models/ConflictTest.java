package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.store.Transactions;
import dev.mooring.settings.Secret;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Transactions that the server rolls back because of a conflict are done again, and never called unclear. */
@Timeout(120)
class ConflictTest {
    private static final int CALLS = 160;

    @Test
    void registrations_whereTheDatabaseIsSerializable_areAllMade() throws Exception {
        String database = RegistryKit.migratedDatabase();
        RegistryKit.server()
                .admin()
                .execute("alter database " + database + " set default_transaction_isolation = 'serializable'");
        try (RegistryKit kit = RegistryKit.on(RegistryKit.server().jdbcUrl(database), 8)) {
            ExecutorService callers = Executors.newFixedThreadPool(8);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Registered>> all = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                NewRegistration registration = wanted("hot-" + i % 2, null, "s3://" + i);
                all.add(callers.submit(() -> {
                    go.await();
                    return kit.registry.register(registration);
                }));
            }
            go.countDown();
            for (Future<Registered> one : all) {
                assertThat(one.get().replayed()).isFalse();
            }
            callers.shutdown();

            assertThat(kit.count("model_version")).isEqualTo(CALLS);
            assertThat(kit.sql
                            .sql("select sum(last_version) from mooring.model")
                            .query(Long.class)
                            .single())
                    .isEqualTo(CALLS);
        }
    }

    @Test
    void deadlock_isRolledBackAndDoneAgain() throws Exception {
        try (RegistryKit kit = RegistryKit.create(3)) {
            kit.sql.sql("create table counted (id int primary key, n int)").update();
            kit.sql.sql("insert into counted values (1, 0), (2, 0)").update();
            Transactions transactions = new Transactions(new JdbcTransactionManager(kit.pool));
            AtomicInteger attempts = new AtomicInteger();
            CountDownLatch bothHoldOne = new CountDownLatch(2);
            ExecutorService two = Executors.newFixedThreadPool(2);
            List<Future<Integer>> all = new ArrayList<>();
            for (int[] order : new int[][] {{1, 2}, {2, 1}}) {
                all.add(two.submit(() -> transactions.write(() -> {
                    attempts.incrementAndGet();
                    add(kit, order[0]);
                    bothHoldOne.countDown();
                    await(bothHoldOne);
                    return add(kit, order[1]);
                })));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isOne();
            }
            two.shutdown();

            // More where the one that was rolled back came again before the other went on.
            assertThat(attempts.get()).isBetween(3, 10);
            assertThat(kit.sql
                            .sql("select sum(n) from counted")
                            .query(Long.class)
                            .single())
                    .isEqualTo(4);
        }
    }

    @Test
    void columnThatTheNextVersionAdds_isNoErrorOfTheCatalog() throws Exception {
        try (RegistryKit kit = RegistryKit.create(1)) {
            kit.registry.register(wanted("churn", null, "s3://1"));
            for (int i = 0; i < 8; i++) {
                readAll(kit);
            }
            for (String table : List.of("model", "model_version", "model_event", "model_alias", "registration")) {
                kit.sql
                        .sql("alter table mooring." + table + " add column added text")
                        .update();
            }
            readAll(kit);
            kit.registry.register(wanted("churn", null, "s3://2"));
        }
    }

    @Test
    void columnThatChangesItsType_isReadByAPlanMadeAnew() throws Exception {
        String database = RegistryKit.migratedDatabase();
        TestPostgres server = RegistryKit.server();
        PostgresSettings settings = PostgresSettings.at(server.host(), server.port(), database)
                .user(server.admin().user(), () -> Secret.of(server.admin().password()))
                .pool(pool -> pool.min(1).max(1));
        try (Postgres postgres = Postgres.of(settings);
                Mooring mooring = Mooring.supervise(postgres.dependency())) {
            assertThat(mooring.awaitCritical(Duration.ofSeconds(20))).isTrue();
            RegistryKit kit = RegistryKit.over(postgres.dataSource());
            kit.registry.register(wanted("churn", null, "s3://1"));
            for (int i = 0; i < 8; i++) {
                readAll(kit);
            }
            server.admin().execute(database, "alter table mooring.model_version alter column run_id type varchar(900)");
            readAll(kit);
        }
    }

    private static void readAll(RegistryKit kit) {
        PageRequest page = new PageRequest(10, null);
        assertThat(kit.catalog.version("churn", 1)).isPresent();
        assertThat(kit.catalog.versions("churn", page)).isPresent();
        assertThat(kit.catalog.model("churn")).isPresent();
        assertThat(kit.catalog.history("churn", page)).isPresent();
    }

    private static int add(RegistryKit kit, int id) {
        return kit.sql.sql("update counted set n = n + 1 where id = " + id).update();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
