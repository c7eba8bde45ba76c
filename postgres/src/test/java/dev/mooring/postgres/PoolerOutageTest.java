package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPgBouncer;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Outages behind PgBouncer in transaction mode: of the server, which the pooler reports in words of its own or hides, and of the pooler
 * itself. Writers go on through all of them.
 */
@Tag("long")
@Tag("server")
@Tag("alone")
@Timeout(60)
@EnabledIf("dev.mooring.testing.postgres.TestPgBouncer#isInstalled")
class PoolerOutageTest {
    private static final Map<String, String> USERS = Map.of(Rig.USER, Rig.PASSWORD, "other", "other-pw");
    private static final Duration REFUSED = Duration.ofSeconds(3);
    /** The check timeout of the rig, and half a second. */
    private static final Duration SILENT = Duration.ofMillis(3500);
    /**
     * What holds without a pooler, and the second in which PgBouncer makes no other log-in after one that failed (server_login_retry here), and
     * the third of a second between its looks.
     */
    private static final Duration BACK = Duration.ofMillis(1500 + 1000 + 333);

    private static final int PROCESSES = 3;
    /** As many as the rig has: five for calls, three for probes, one more. */
    private static final int CLIENTS = 9;

    private static TestPostgres server;
    private static TestPgBouncer pooler;
    private static final AtomicInteger NEXT_ID = new AtomicInteger();
    /** The rows whose commit the database acknowledged, of all tests. */
    private static final Queue<Integer> ACKNOWLEDGED = new ConcurrentLinkedQueue<>();

    private Rig rig;
    private Writers writers;

    @BeforeAll
    static void startServer() throws SQLException {
        server = Rig.server();
        server.admin().createRole("other", "other-pw");
        server.admin().execute("mlflow_db", "create table kept (id int primary key)");
        server.admin().execute("mlflow_db", "alter table kept owner to registry");
        pooler = TestPgBouncer.before(server, TestPgBouncer.Mode.TRANSACTION, PROCESSES, USERS);
    }

    @AfterAll
    static void endServer() {
        pooler.close();
        server.close();
    }

    @BeforeEach
    void begin() {
        rig = Rig.on(server, Map.of("DATABASE_PORT", String.valueOf(pooler.port())));
        writers = new Writers(rig);
    }

    private void end() throws InterruptedException {
        writers.close();
        rig.close();
    }

    @AfterEach
    void nothingAcknowledgedIsLost() throws Exception {
        end();
        assertThat(failedLogIns()).doesNotContain(FailureKind.UNKNOWN);
        assertThat(rig.postgres.dependency().breaker().counts().failed())
                .as("calls that failed: %s", writers.refusals)
                .doesNotContainKey(FailureKind.UNKNOWN);
        Set<Integer> kept = new HashSet<>();
        String ids = server.admin().ask("mlflow_db", "select coalesce(string_agg(id::text, ','), '') from kept");
        Arrays.stream(ids.split(","))
                .filter(id -> !id.isEmpty())
                .map(Integer::valueOf)
                .forEach(kept::add);
        assertThat(kept).containsAll(ACKNOWLEDGED);
        assertThat(ACKNOWLEDGED).isNotEmpty();
    }

    @Test
    void serverKilled_isToldAsLost_andIsUsedAgainWhenItIsBack() {
        rig.awaitUp();
        server.kill();
        try {
            down("the server killed", REFUSED);
            assertThat(kind()).isEqualTo(FailureKind.CONNECTION_LOST);
            assertThat(message()).contains("(08P01)");
        } finally {
            server.start();
        }
        back("the server started again", BACK);
    }

    @Test
    void serverRestarted_atLoad_isUsedAgain() {
        rig.awaitUp();
        server.restart();
        back("a restart of the server", BACK);
        assertThat(failedLogIns()).noneMatch(FailureKind::isPermanent);
    }

    @Test
    void serverFrozen_isToldAsSilent_andIsUsedAgainWhenItGoesOn() {
        rig.awaitUp();
        server.freeze();
        try {
            down("the server frozen", SILENT);
            assertThat(kind()).isEqualTo(FailureKind.RESPONSE_TIMEOUT);
        } finally {
            server.thaw();
        }
        back("the server thawed", BACK);
    }

    @Test
    void poolerKilled_isToldAsRefused_andIsUsedAgainWhenItIsBack() {
        rig.awaitUp();
        pooler.kill();
        try {
            down("the pooler killed", REFUSED);
            assertThat(kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
        } finally {
            pooler.start();
        }
        back("the pooler started again", BACK);
    }

    @Test
    void poolerFrozen_isToldAsSilent_andIsUsedAgainWhenItGoesOn() {
        rig.awaitUp();
        pooler.freeze();
        try {
            down("the pooler frozen", SILENT);
            assertThat(kind()).isEqualTo(FailureKind.RESPONSE_TIMEOUT);
        } finally {
            pooler.thaw();
        }
        back("the pooler thawed", BACK);
    }

    @Test
    void poolerWithoutRoomForClients_isToldAsFull_andIsUsedWhenThereIsRoom() throws Exception {
        end();
        restartPooler("max_client_conn", String.valueOf(CLIENTS));
        List<Connection> others = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                others.add(beside("other", "other-pw"));
            }
            begin();
            rig.awaitStatus(Status.DOWN, REFUSED);
            assertThat(kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
            assertThat(message()).contains("no more connections allowed", "(08P01)");
            close(others);
            back("other clients left PgBouncer", BACK);
        } finally {
            close(others);
            restartPooler("max_client_conn", "300");
        }
    }

    @Test
    void poolerWithoutAFreeServerProcess_isToldAsFull_andIsUsedWhenOneIsFree() throws Exception {
        end();
        restartPooler("query_wait_timeout", "1");
        List<Connection> busy = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                busy.add(beside(Rig.USER, Rig.PASSWORD));
                busy.get(i).setAutoCommit(false);
                busy.get(i).createStatement().execute("select 1");
            }
            begin();
            await().atMost(REFUSED.multipliedBy(2)).until(() -> rig.health()
                    .lastFailure()
                    .filter(failure -> failure.kind() == FailureKind.TOO_MANY_CONNECTIONS)
                    .isPresent());
            assertThat(message()).contains("query_wait_timeout");
            assertThat(rig.mooring.health().ready()).isFalse();
            close(busy);
            back("server processes came free in PgBouncer", BACK);
        } finally {
            close(busy);
            restartPooler("query_wait_timeout", "120");
        }
    }

    @Test
    void serverThatRefusesThePoolersLogIn_isToldAsLost() throws Exception {
        rig.awaitUp();
        server.admin().execute("alter role registry connection limit 0");
        try {
            server.admin().disconnectAll();
            rig.awaitStatus(Status.DOWN, REFUSED);
            assertThat(kind()).isEqualTo(FailureKind.CONNECTION_LOST);
        } finally {
            server.admin().execute("alter role registry connection limit -1");
        }
        back("the server admits PgBouncer again", BACK);
    }

    /** The kinds of all log-ins that failed. */
    private Set<FailureKind> failedLogIns() {
        return rig.events.stream()
                .filter(MooringEvent.ConnectionAttempted.class::isInstance)
                .flatMap(event -> ((MooringEvent.ConnectionAttempted) event).failure().stream())
                .map(Failure::kind)
                .collect(Collectors.toSet());
    }

    private static void restartPooler(String setting, String value) {
        pooler.kill();
        pooler.set(setting, value);
        pooler.start();
    }

    private static Connection beside(String user, String password) throws SQLException {
        String url = "jdbc:postgresql://" + pooler.host() + ":" + pooler.port() + "/mlflow_db?prepareThreshold=0";
        return DriverManager.getConnection(url, user, password);
    }

    private static void close(List<Connection> all) throws SQLException {
        for (Connection one : all) {
            one.close();
        }
    }

    private void down(String what, Duration most) {
        Duration took = rig.awaitStatus(Status.DOWN, most.plusSeconds(10));
        Rig.measured("down after " + what + ", behind PgBouncer", took, most);
        assertThat(took).isLessThan(most);
    }

    private void back(String what, Duration most) {
        Duration took = rig.awaitQuery(most.plusSeconds(10));
        Rig.measured("first query after " + what + ", behind PgBouncer", took, most);
        assertThat(took).isLessThan(most);
        rig.awaitStatus(Status.UP, Duration.ofSeconds(10));
        int before = ACKNOWLEDGED.size();
        await().atMost(Duration.ofSeconds(5)).until(() -> ACKNOWLEDGED.size() > before);
    }

    private FailureKind kind() {
        return rig.health().lastFailure().orElseThrow().kind();
    }

    private String message() {
        return rig.health().lastFailure().orElseThrow().message();
    }

    /** Write rows until the end, and remember those whose commit the database acknowledged. */
    private static final class Writers implements AutoCloseable {
        private static final int THREADS = 3;

        private final Rig rig;
        /** What the others ended with, whose rows may be there or not. */
        private final Set<String> refusals = ConcurrentHashMap.newKeySet();

        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Writers(Rig rig) {
            this.rig = rig;
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(this::run, "writer-" + i);
                thread.start();
                threads.add(thread);
            }
        }

        private void run() {
            while (!over.get()) {
                int id = NEXT_ID.incrementAndGet();
                try (Deadline.Scope ignored =
                        Deadline.in(Duration.ofSeconds(2), Time.system()).open()) {
                    write(id);
                    ACKNOWLEDGED.add(id);
                } catch (SQLException notAcknowledged) {
                    refusals.add(notAcknowledged.getSQLState() + " " + notAcknowledged.getMessage());
                }
            }
        }

        private void write(int id) throws SQLException {
            try (Connection connection = rig.postgres.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("insert into kept values (?)")) {
                    insert.setInt(1, id);
                    insert.executeUpdate();
                }
                connection.commit();
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
