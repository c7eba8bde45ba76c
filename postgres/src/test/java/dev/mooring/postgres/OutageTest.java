package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The server goes away in each of several ways, and comes back. */
@Tag("server")
@Timeout(90)
@Tag("alone")
class OutageTest {
    private static final Duration REFUSED = Duration.ofSeconds(3);
    /** The timeout of the rig is 3 s. */
    private static final Duration SILENT = Duration.ofMillis(3500);

    private static final Duration HEALED = Duration.ofMillis(1500);
    private static final Duration HEALED_FROM_BLACK_HOLE = Duration.ofSeconds(3);

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = Rig.server();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void database_thatRefuses_isToldAndRefusedAndComesBack() throws Exception {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            rig.proxy.inject(Fault.refuse());
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            assertThat(rig.health().lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);

            long begun = System.nanoTime();
            assertThatThrownBy(() -> rig.query("select 1"))
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasCauseInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("database is not available")
                    .hasMessageContaining("connection_refused");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(100));

            rig.proxy.heal();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            rig.awaitUp();
            Rig.measured("refusal told", told, REFUSED);
            Rig.measured("first success after refusal", healed, HEALED);
            assertThat(told).isLessThan(REFUSED);
            assertThat(healed).isLessThan(HEALED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void database_thatRefuses_isToldInTimeWithTheDefaultsToo() {
        Map<String, String> defaults = Map.of("HEALTH_CHECK_TIMEOUT", "10", "HEALTH_CHECK_INTERVAL", "2");
        try (Rig rig = Rig.on(server, defaults).awaitUp()) {
            rig.proxy.inject(Fault.refuse());
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            Rig.measured("refusal told, with the default interval and nobody calling", told, REFUSED);
            assertThat(told).isLessThan(REFUSED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void transaction_whoseConnectionBroke_isRolledBackWithoutASecondFailure() throws Exception {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp();
                Connection connection = rig.postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table half_done (id int)");
            rig.proxy.resetAll();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);

            connection.rollback();

            assertThat(server.admin().ask("mlflow_db", "select to_regclass('half_done') is null"))
                    .isEqualTo("t");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void callsThatHang_inABlackHole_areFreedAndDoNotHoldTheRecoveryUp() throws Exception {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            ExecutorService callers = Executors.newFixedThreadPool(10);
            AtomicInteger freed = new AtomicInteger();
            CountDownLatch running = new CountDownLatch(5);
            for (int i = 0; i < 10; i++) {
                callers.execute(() -> {
                    try (Connection connection = rig.postgres.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        running.countDown();
                        statement.execute("select pg_sleep(8)");
                    } catch (SQLException ended) {
                        freed.incrementAndGet();
                    }
                });
            }
            assertThat(running.await(5, TimeUnit.SECONDS)).isTrue();
            rig.proxy.inject(Fault.blackHole());
            rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            callers.shutdown();
            assertThat(callers.awaitTermination(2, TimeUnit.SECONDS))
                    .as("all callers are free")
                    .isTrue();
            assertThat(freed).hasValue(10);
            rig.proxy.heal();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            Rig.measured("first success after all connections hung in a black hole", healed, HEALED_FROM_BLACK_HOLE);
            assertThat(healed).isLessThan(HEALED_FROM_BLACK_HOLE);
            rig.awaitUp();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void database_thatFreezes_isToldAfterTheTimeoutAndComesBack() {
        try (TestPostgres itsOwn = Rig.server();
                Rig rig = Rig.on(itsOwn, Map.of()).awaitUp()) {
            itsOwn.freeze();
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            assertThat(rig.health().lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.RESPONSE_TIMEOUT);
            itsOwn.thaw();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            rig.awaitUp();
            Rig.measured("silence of a frozen server told", told, SILENT);
            Rig.measured("first success after a freeze", healed, HEALED);
            assertThat(told).isLessThan(SILENT);
            assertThat(healed).isLessThan(HEALED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void server_thatFreezesUntilItsQueueOfConnectionsIsFull_isToldAsTheSameOutage() throws Exception {
        List<Socket> others = new ArrayList<>();
        try (TestPostgres itsOwn = Rig.server();
                Rig rig = Rig.on(itsOwn, Map.of("DATABASE_PORT", String.valueOf(itsOwn.port())))
                        .awaitUp()) {
            itsOwn.freeze();
            rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            List<String> told = rig.mooring.health().reasons();
            assertThat(told).allMatch(reason -> reason.startsWith("database: response_timeout since "));
            fillTheQueue(itsOwn, others);
            // Three connects of probes that wait for 1 s each, and all probes that the server accepted before are given
            // up.
            await().atMost(Duration.ofSeconds(20)).until(() -> connectsInVain(rig) >= 3);

            assertThat(rig.mooring.health().reasons()).isEqualTo(told);
            assertThatThrownBy(() -> rig.query("select 1"))
                    .hasMessageContaining("(response_timeout)")
                    .hasMessageNotContaining("connect_timeout");
            closeAll(others);
            itsOwn.thaw();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            Rig.measured("first success after a freeze with a full queue", healed, HEALED_FROM_BLACK_HOLE);
            assertThat(healed).isLessThan(HEALED_FROM_BLACK_HOLE);
        } finally {
            closeAll(others);
        }
    }

    private static long connectsInVain(Rig rig) {
        return rig.events.stream()
                .filter(MooringEvent.ProbeEnded.class::isInstance)
                .map(event -> ((MooringEvent.ProbeEnded) event).failure())
                .filter(failure -> failure.isPresent() && failure.get().kind() == FailureKind.CONNECT_TIMEOUT)
                .count();
    }

    private static void fillTheQueue(TestPostgres server, List<Socket> connections) throws IOException {
        try {
            while (connections.size() < 5_000) {
                Socket one = new Socket();
                connections.add(one);
                one.connect(new InetSocketAddress(server.host(), server.port()), 200);
            }
        } catch (SocketTimeoutException full) {
            return;
        }
        throw new AssertionError("the queue took " + connections.size() + " connections");
    }

    private static void closeAll(List<Socket> connections) throws IOException {
        for (Socket one : connections) {
            one.close();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void network_thatSwallowsEverything_isToldAfterTheTimeoutAndComesBack() {
        try (Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            rig.proxy.inject(Fault.blackHole());
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            rig.proxy.heal();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            rig.awaitUp();
            Rig.measured("silence of a black hole told", told, SILENT);
            Rig.measured("first success after a black hole", healed, HEALED_FROM_BLACK_HOLE);
            assertThat(told).isLessThan(SILENT);
            assertThat(healed).isLessThan(HEALED_FROM_BLACK_HOLE);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void server_thatIsKilledAndStartedAgain_isInUseAgain() {
        try (TestPostgres itsOwn = Rig.server();
                Rig rig = Rig.on(itsOwn, Map.of()).awaitUp()) {
            itsOwn.kill();
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            itsOwn.start();
            Duration healed = rig.awaitQuery(Duration.ofSeconds(10));
            rig.awaitUp();
            Rig.measured("kill told", told, REFUSED);
            Rig.measured("first success after a kill and a start", healed, HEALED);
            assertThat(told).isLessThan(REFUSED);
            assertThat(healed).isLessThan(HEALED);
        }
    }
}
