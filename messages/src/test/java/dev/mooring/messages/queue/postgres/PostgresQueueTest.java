package dev.mooring.messages.queue.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Result;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.KeepingQueueContract;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresQueueTest extends KeepingQueueContract {
    private static HikariDataSource pool;
    private static TestPostgres server;

    @BeforeAll
    static void startServer() throws SQLException {
        server = TestPostgres.started();
        server.admin().createDatabase("queues");
        MessagesSchema.migrations().run(server.admin().dataSource("queues"));
        pool = new HikariDataSource();
        pool.setDataSource(server.admin().dataSource("queues"));
        pool.setMaximumPoolSize(5);
    }

    @AfterAll
    static void endServer() {
        pool.close();
        server.close();
    }

    @Override
    protected MessageQueue queue(String name) {
        return PostgresQueue.of(pool, name);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            boolean rows = connection.createStatement().execute(sql);
            assertThat(rows).isFalse();
        }
    }

    @Test
    void message_publishedInTheCallersTransaction_comesWithItsCommitOnly() throws Exception {
        PostgresQueue queue = (PostgresQueue) this.queue;
        assertThat(queue.receive(reader("group", "one"), 1, Duration.ZERO)).isEmpty();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            queue.publish(connection, messages(1));
            connection.rollback();
            Envelope kept = message("kept");
            queue.publish(connection, List.of(kept, kept));
            assertThat(queue.receive(reader("group", "one"), 10, Duration.ZERO)).isEmpty();
            connection.commit();

            assertThat(ids(receive(reader("group", "one")))).containsExactly(kept.id());
        }
    }

    @Test
    void group_thatIsMadeWhileATransactionPublishes_getsItsMessage() throws Exception {
        PostgresQueue queue = (PostgresQueue) this.queue;
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Integer> received;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            queue.publish(connection, messages(1));
            received = CompletableFuture.supplyAsync(() -> {
                asked.countDown();
                try {
                    return receive(reader("group", "one")).size();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            });
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(received).isNotDone();
            connection.commit();
        }

        assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void tidy_deletesOldMessagesThatAllGroupsAcknowledged_andWithoutAGroupThoseOfAWeek() throws Exception {
        queue.publish(messages(3));
        execute("update mooring.queue_message set published_at = published_at - interval '2 days' where queue = '"
                + queue.name() + "'");
        queue.tidy();
        assertThat(queue.depth().pending()).isEqualTo(3);
        queue.acknowledge(reader("group", "one"), queue.receive(reader("group", "one"), 2, WAIT));
        queue.tidy();
        assertThat(queue.receive(reader("late", "one"), 10, WAIT)).hasSize(1);

        MessageQueue unread = queue(queue.name() + "-unread");
        unread.publish(messages(2));
        execute("update mooring.queue_message set published_at = published_at - interval '8 days' where queue = '"
                + unread.name() + "'");
        unread.tidy();
        assertThat(unread.depth().pending()).isZero();
    }

    @Test
    void message_thatIsNoJson_isRefused_andMessagesOfAClosedPoolWait() {
        assertThat(queue.publish(List.of(
                        new Envelope(message("").id(), "type", message("").time(), "no json"))))
                .singleElement()
                .isInstanceOf(Result.Refused.class);
        HikariDataSource closed = new HikariDataSource();
        closed.setDataSource(server.admin().dataSource("queues"));
        closed.setMinimumIdle(0);
        closed.close();
        assertThat(PostgresQueue.of(closed, "queue").publish(messages(1)))
                .singleElement()
                .isInstanceOf(Result.Later.class);
    }

    @Test
    void handler_inATransaction_doesItsWorkOnce_whateverComes() throws Exception {
        execute("create table if not exists counted (id uuid)");
        OnceInTransaction once = new OnceInTransaction(pool, queue.name(), (connection, message) -> {
            try (var insert = connection.prepareStatement("insert into counted values (?)")) {
                insert.setObject(1, message.id());
                insert.executeUpdate();
            }
        });
        Envelope message = message("once");

        List<CompletableFuture<Void>> copies =
                List.of(handle(once, message), handle(once, message), handle(once, message));
        for (CompletableFuture<Void> copy : copies) {
            copy.get(10, TimeUnit.SECONDS);
        }

        try (Connection connection = pool.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from counted where id = '" + message.id() + "'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        assertThat(once.forget(Duration.ofHours(1))).isZero();
        execute("update mooring.handled_message set handled_at = handled_at - interval '1 day'");
        assertThat(once.forget(Duration.ofHours(1))).isEqualTo(1);
    }

    private static CompletableFuture<Void> handle(OnceInTransaction once, Envelope message) {
        return CompletableFuture.runAsync(() -> {
            try {
                once.handle(message);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }
}
