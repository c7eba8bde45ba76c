package dev.mooring.messages.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.queue.postgres.OnceInTransaction;
import dev.mooring.messages.queue.postgres.PostgresQueue;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A consumer of a real queue, whose handler fails, hangs and waits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConsumerTest {
    private static HikariDataSource pool;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static TestPostgres server;

    private final PostgresQueue queue = PostgresQueue.of(pool, "queue-" + NUMBER.incrementAndGet());
    private final ConsumerPlan plan = ConsumerPlan.of("group")
            .lease(Duration.ofMillis(600))
            .attempts(3)
            .goodbye(Duration.ofMillis(300))
            .backoff(Backoff.exponential(Duration.ofMillis(10)));
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

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

    private Consumer start(ConsumerPlan how, Handler handler) {
        return Consumer.start(how, queue, handler, Time.system());
    }

    private void handle(Envelope message) {
        handled.add(message.payload());
    }

    private static Envelope message(int number) {
        Instant now = Instant.now();
        return new Envelope(UuidV7.at(now.toEpochMilli()), "test", now, String.valueOf(number));
    }

    private static List<Envelope> messages(int count) {
        return IntStream.range(0, count).mapToObj(ConsumerTest::message).toList();
    }

    private static String keyOf(String payload) {
        return String.valueOf(Integer.parseInt(payload) % 3);
    }

    private void awaitEmptyQueue() {
        await().atMost(Duration.ofSeconds(20)).until(() -> queue.depth().pending() == 0);
    }

    @Test
    void messages_areProcessedOnce_noMoreOfThemAtATimeThanThereArePlaces() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        queue.publish(messages(40));

        try (Consumer consumer = start(plan.places(3), message -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Time.system().sleep(Duration.ofMillis(5));
            running.decrementAndGet();
            handle(message);
        })) {
            assertThat(consumer).hasToString("group group of queue " + queue.name());
            awaitEmptyQueue();
        }

        assertThat(handled).hasSize(40).doesNotHaveDuplicates();
        assertThat(most.get()).isBetween(2, 3);
    }

    @Test
    void copy_ofAMessage_isNotProcessedAgain() {
        CopiedMessages copies = new CopiedMessages(queue);
        try (Consumer consumer = Consumer.start(plan, copies, this::handle, Time.system())) {
            assertThat(consumer).isNotNull();
            queue.publish(messages(5));
            awaitEmptyQueue();
            await().until(() -> copies.acknowledged() == 10);
        }

        assertThat(handled).hasSize(5);
    }

    @Test
    void message_whoseHandlersDatabaseIsAway_waitsWithoutCounting_untilItIsBack() {
        PGSimpleDataSource away = new PGSimpleDataSource();
        away.setServerNames(new String[] {"127.0.0.1"});
        away.setPortNumbers(new int[] {FreePort.choose()});
        AtomicReference<DataSource> database = new AtomicReference<>(away);
        AtomicInteger attempts = new AtomicInteger();
        queue.publish(messages(1));

        try (Consumer consumer = start(plan, message -> {
            attempts.incrementAndGet();
            new OnceInTransaction(database.get(), queue.name(), (connection, one) -> handle(one)).handle(message);
        })) {
            assertThat(consumer).isNotNull();
            await().until(() -> attempts.get() > 3 * 2);
            database.set(pool);
            awaitEmptyQueue();
        }

        assertThat(handled).containsExactly("0");
        assertThat(queue.deadLetters("", 10)).isEmpty();
    }

    @Test
    void message_thatFails_isTriedAgain_andIsADeadLetterAfterTheLastAttempt_andStopsNoOther() {
        List<Envelope> messages = messages(6);
        queue.publish(messages);

        try (Consumer consumer = start(plan.places(1), message -> {
            handle(message);
            boolean poison = message.payload().equals("2");
            boolean first = handled.stream().filter(message.payload()::equals).count() == 1;
            if (poison || (message.payload().equals("3") && first)) {
                throw new IllegalArgumentException("cannot read " + message.payload());
            }
        })) {
            assertThat(consumer).isNotNull();
            awaitEmptyQueue();
        }

        assertThat(handled).containsExactlyInAnyOrder("0", "1", "2", "2", "2", "3", "3", "4", "5");
        DeadMessage dead = queue.deadLetters("", 10).get(0);
        assertThat(dead.envelope())
                .extracting(Envelope::id)
                .isEqualTo(messages.get(2).id());
        assertThat(dead.cause().message()).isEqualTo("cannot read 2");
        assertThat(queue.replay(dead.place())).isTrue();
        try (Consumer mended = start(plan, this::handle)) {
            assertThat(mended).isNotNull();
            awaitEmptyQueue();
        }
        assertThat(handled.stream().filter("2"::equals)).hasSize(4);
    }

    @Test
    void message_whoseConsumerNeedsWhatIsAway_waits_andNoAttemptCounts() {
        queue.publish(messages(1));

        try (Consumer consumer = start(plan, message -> {
            handle(message);
            if (handled.size() < 8) {
                throw new AwayException();
            }
        })) {
            assertThat(consumer).isNotNull();
            awaitEmptyQueue();
        }

        assertThat(handled).hasSize(8);
        assertThat(queue.deadLetters("", 10)).isEmpty();
    }

    @Test
    void messages_ofOneKey_areProcessedInOrder_alsoWhenOneIsTriedAgain() {
        List<Envelope> messages = new ArrayList<>(messages(30));
        messages.add(new Envelope(message(1).id(), "test", Instant.now(), "\"no number\""));
        queue.publish(messages);
        ConsumerPlan inOrder =
                plan.inOrderOf(message -> keyOf(message.payload())).attempts(100);
        AtomicInteger calls = new AtomicInteger();

        try (Consumer consumer = start(inOrder, message -> {
            if (calls.incrementAndGet() % 4 == 0) {
                throw new IllegalStateException("this time it fails");
            }
            handle(message);
        })) {
            assertThat(consumer).isNotNull();
            awaitEmptyQueue();
        }

        assertThat(handled.remove("\"no number\"")).isTrue();
        for (int key = 0; key < 3; key++) {
            int one = key;
            assertThat(handled.stream().map(Integer::valueOf).filter(number -> number % 3 == one))
                    .hasSize(10)
                    .isSorted();
        }
    }

    @Test
    void message_thatAHandlerWorksOnForLongerThanItsLease_comesToNoOther() {
        queue.publish(messages(1));
        CountDownLatch goOn = new CountDownLatch(1);

        try (Consumer slow = start(plan, message -> {
                    handle(message);
                    goOn.await();
                });
                Consumer other = start(ConsumerPlan.of("group").lease(Duration.ofMillis(600)), this::handle)) {
            assertThat(List.of(slow, other)).hasSize(2);
            await().until(() -> handled.size() == 1);
            long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
            await().until(() -> System.nanoTime() - end > 0);
            goOn.countDown();
            awaitEmptyQueue();
        }

        assertThat(handled).hasSize(1);
    }

    @Test
    void close_whileHandlersRun_waitsForThemUpToItsLimit_andGivesBackWhatWasNotTried() throws Exception {
        queue.publish(messages(6));
        CountDownLatch hang = new CountDownLatch(1);
        Consumer consumer = start(plan.places(2).lease(Duration.ofMinutes(1)), message -> {
            handle(message);
            if (message.payload().equals("1")) {
                hang.await();
            }
            Time.system().sleep(Duration.ofMillis(100));
        });
        await().until(() -> handled.size() == 2);

        long begun = System.nanoTime();
        consumer.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        int tried = handled.size();

        assertThat(took).isLessThan(Duration.ofSeconds(5));
        List<Received> rest =
                queue.receive(new Reader("group", "next", Duration.ofMinutes(1)), 10, Duration.ofSeconds(1));
        assertThat(rest).hasSizeGreaterThanOrEqualTo(6 - tried).allMatch(message -> message.deliveries() == 1);
        assertThat(rest).noneMatch(message -> message.envelope().payload().equals("0"));
        hang.countDown();
    }

    @Test
    void consumer_whileItsServerIsAway_goesOnWhenItIsBack() {
        try (Consumer consumer = start(plan, this::handle);
                QueueWatch watch = QueueWatch.start(queue, "postgres")) {
            queue.publish(messages(1));
            await().until(() -> handled.size() == 1);
            server.kill();
            assertThat(queue.publish(messages(1)).get(0)).isInstanceOf(dev.mooring.messages.Result.Later.class);
            server.start();
            await().until(() -> queue.publish(messages(1)).get(0) instanceof dev.mooring.messages.Result.Delivered);
            await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() == 2);
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.figures().isPresent());
            assertThat(watch.destination()).isEqualTo("postgres");
            assertThat(consumer).isNotNull();
        }
    }

    @Test
    void consumerOfThePage_deploysEachModelOnce_alsoWhenItsMessageComesTwice() throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.createStatement().execute("create table deployment (model text)");
        }
        Envelope model = new Envelope(message(1).id(), "model.registered", Instant.now(), "{\"name\": \"churn\"}");
        Handler deploy = Deployments.once(pool);
        deploy.handle(model);
        queue.publish(List.of(model));

        try (Consumer consumer = Deployments.consume(queue, deploy)) {
            assertThat(consumer).isNotNull();
            awaitEmptyQueue();
        }

        try (Connection connection = pool.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select model from deployment")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("churn");
            assertThat(rows.next()).isFalse();
        }
    }
}
