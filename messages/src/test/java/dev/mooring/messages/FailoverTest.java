package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Relays while the primary of a replicated database dies and its standby becomes the primary. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {
    @Test
    void messages_whenTheStandbyIsPromoted_allArriveInTheirOrder() throws Exception {
        try (TestPostgres primary = OutboxRig.server();
                TestPostgres standby = primary.newStandby();
                OutboxRig rig = new OutboxRig(primary);
                HikariDataSource both = both(primary, standby)) {
            primary.admin().execute("postgres", "alter system set synchronous_standby_names = '*'");
            primary.admin().execute("postgres", "select pg_reload_conf()");
            Destination destination = new Destination();
            List<String> accepted = new ArrayList<>();
            AtomicBoolean writing = new AtomicBoolean(true);
            rig.batches(rig.plan().batch(10).lease(Duration.ofSeconds(3)), Delivery.each(destination), both);
            Thread writer = new Thread(() -> write(rig, both, writing, accepted), "test-writer");
            writer.start();
            await().until(() -> destination.received("model").size() > 50);

            primary.kill();
            standby.promote();

            int before = destination.received("model").size();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> destination.received("model").size() > before + 50);
            writing.set(false);
            writer.join();
            String last = accepted.get(accepted.size() - 1);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> destination.received("model").contains(last));
            // A message whose commit had no answer may have been accepted too.
            List<String> distinct =
                    destination.received("model").stream().distinct().toList();
            assertThat(distinct.stream().filter(accepted::contains)).containsExactlyElementsOf(accepted);
            assertThat(destination.overlaps()).isEmpty();
        }
    }

    private static HikariDataSource both(TestPostgres one, TestPostgres two) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:postgresql://" + one.host() + ":" + one.port() + "," + two.host() + ":" + two.port() + "/"
                + OutboxRig.DATABASE + "?targetServerType=primary&connectTimeout=2&socketTimeout=5");
        pool.setUsername(one.admin().user());
        pool.setPassword(one.admin().password());
        pool.setMaximumPoolSize(6);
        pool.setConnectionTimeout(2_000);
        return pool;
    }

    private static void write(OutboxRig rig, HikariDataSource database, AtomicBoolean writing, List<String> accepted) {
        for (int i = 0; writing.get(); i++) {
            String text = String.valueOf(i);
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                Outbox.add(connection, rig.message("model", text));
                connection.commit();
                accepted.add(text);
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (SQLException away) {
                // Not accepted, or its answer was lost.
            } catch (InterruptedException ended) {
                return;
            }
        }
    }
}
