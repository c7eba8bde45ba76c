package dev.mooring.operations.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.history.Availability;
import dev.mooring.history.HealthHistory;
import dev.mooring.history.StateChange;
import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Timeout(60)
class ChangeRecorderTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static TestPostgres postgres;

    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private Connection connection;

    @BeforeAll
    static void startServer() throws SQLException {
        postgres = TestPostgres.started();
        postgres.admin().createDatabase("history");
        OperationsSchema.migrations().run(postgres.admin().dataSource("history"));
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = postgres.admin().dataSource("history").getConnection();
        connection.createStatement().execute("delete from mooring.state_change");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    /** One run of the service: what it remembers and what it records. */
    private final class Run {
        final HealthHistory history = new HealthHistory(time, DAY);
        final ChangeRecorder recorder;
        private Status present = Status.UNKNOWN;
        private Instant since = time.now();

        Run(String instance) {
            recorder = new ChangeRecorder(new StateChangeTable(UUID.randomUUID(), instance), history, time);
        }

        Run is(Status next) {
            MooringEvent.StatusChanged change = new MooringEvent.StatusChanged(
                    "database",
                    time.now(),
                    present,
                    next,
                    Duration.between(since, time.now()),
                    "test",
                    Optional.of(new Failure(FailureKind.CONNECTION_REFUSED, "refused", time.now())));
            present = next;
            since = time.now();
            history.on(change);
            recorder.on(change);
            return this;
        }

        Run round() throws SQLException {
            recorder.round(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            connection.commit();
            return this;
        }
    }

    @Test
    void changes_ofAnEarlierRun_areRememberedUntilItWasLastHeardOf() throws Exception {
        Run first = new Run("one").is(Status.UP);
        clock.advance(Duration.ofMinutes(30));
        first.is(Status.DOWN);
        clock.advance(Duration.ofMinutes(10));
        first.round();
        clock.advance(Duration.ofMinutes(15));

        Run second = new Run("one").is(Status.UP).round();

        assertThat(second.history.changes("database", Instant.EPOCH))
                .extracting(StateChange::to)
                .containsExactly(Status.UP, Status.DOWN, Status.UNKNOWN, Status.UP);
        assertThat(second.history.availability("database", Duration.ofHours(1)))
                .as("40 minutes known, 30 of them well, 15 without a run, within an hour")
                .isEqualTo(new Availability(Duration.ofMinutes(40), Duration.ofMinutes(30)));
        assertThat(second.history.changes("database", Instant.EPOCH).get(1).kind())
                .hasValue(FailureKind.CONNECTION_REFUSED);
    }

    @Test
    void round_thatWasUndone_isMadeAgainAndNothingIsThereTwice() throws Exception {
        Run run = new Run("one").is(Status.UP);
        run.recorder.round(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        connection.rollback();
        run.round().round();
        run.is(Status.DOWN).round().round();

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void changes_ofAnotherInstance_areTakenOverOnlyWhereThereAreNoneOfOurs() throws Exception {
        new Run("one").is(Status.UP).round();
        clock.advance(Duration.ofMinutes(1));
        new Run("two").is(Status.DOWN).round();
        clock.advance(Duration.ofMinutes(1));

        assertThat(restored("one")).startsWith(Status.UP);
        assertThat(restored("two")).startsWith(Status.DOWN);
        assertThat(restored("three")).as("the one with the last heartbeat").startsWith(Status.DOWN);
    }

    @Test
    void changes_olderThanTheHistory_areForgottenUnlessTheyStillHold() throws Exception {
        Run run = new Run("one").is(Status.DOWN);
        clock.advance(Duration.ofMinutes(1));
        run.is(Status.UP).round();
        for (int day = 0; day < 3; day++) {
            clock.advance(DAY);
            run.round();
        }
        assertThat(rows()).as("up for three days").isOne();

        Run next = new Run("one").round();

        assertThat(next.history.availability("database", Duration.ofHours(1)))
                .isEqualTo(new Availability(Duration.ofHours(1), Duration.ofHours(1)));
    }

    @Test
    void changes_moreThanMayWait_loseTheOldest() throws Exception {
        Run run = new Run("one");
        for (int i = 0; i < 2_500; i++) {
            clock.advance(Duration.ofSeconds(1));
            run.is(i % 2 == 0 ? Status.UP : Status.DOWN);
        }
        run.round().round();

        assertThat(rows()).isEqualTo(2_000);
    }

    private List<Status> restored(String instance) throws SQLException {
        Run run = new Run(instance);
        run.recorder.round(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        connection.rollback();
        return run.history.changes("database", Instant.EPOCH).stream()
                .map(StateChange::to)
                .toList();
    }

    private int rows() throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("select count(*) from mooring.state_change")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
