package dev.mooring.postgres.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.postgres.Logged;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work beside the pool, on a real server that freezes, dies, refuses and comes back. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlConnectionTest {
    private static final Duration LIMIT = Duration.ofMillis(800);
    /** Beyond the limit: a scheduler with two cores and other tests. */
    private static final Duration SLACK = Duration.ofMillis(200);

    private static TestPostgres server;
    private ControlRig rig;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestPostgres.started();
        server.admin().createDatabase("control");
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        rig = ControlRig.on(server, "control");
        rig.control.call(c -> ControlRig.change(c, "create table if not exists noted (word text primary key)"), LIMIT);
        rig.control.call(c -> ControlRig.change(c, "delete from noted"), LIMIT);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void call_whileTheDatabaseIsWell_isCommitted() throws Exception {
        note("well");

        assertThat(server.admin().ask("control", "select word from noted")).isEqualTo("well");
        assertThat(server.admin().ask("control", """
                        select count(*) from pg_stat_activity where application_name = 'control-test'
                        and state like 'idle in transaction%'""")).isEqualTo("0");
    }

    @Test
    void call_whileAnOperatorRefusesCalls_isMade() throws Exception {
        rig.postgres.dependency().operator().open(new OperatorAct("test", "maintenance", Duration.ofMinutes(1)));

        note("refused to others");

        assertThat(count()).isEqualTo("1");
    }

    @Test
    void call_thatTheDatabaseForbids_saysSoAndTheNextWorks() throws Exception {
        note("twice");

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> note("twice"))
                .returns("23505", SQLException::getSQLState);
        note("once");
        assertThat(count()).isEqualTo("2");
    }

    @Test
    void call_thatThrows_isUndoneAndTheNextWorks() throws Exception {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            ControlRig.change(c, "insert into noted values ('undone')");
                            throw new IllegalStateException("a mistake");
                        },
                        LIMIT));

        assertThat(count()).isEqualTo("0");
    }

    @Test
    void call_thatThrowsAnError_getsItAndTheNextWorks() throws Exception {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            ControlRig.change(c, "insert into noted values ('undone')");
                            throw new AssertionError("a mistake");
                        },
                        LIMIT))
                .withMessage("a mistake");

        note("next");
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void call_thatWrapsWhatTheDriverThrew_isUnavailableWhenTheConnectionBroke() throws Exception {
        assertThatExceptionOfType(ControlUnavailableException.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            rig.proxy.resetAll();
                            try {
                                return ControlRig.ask(c, "select 1");
                            } catch (SQLException broken) {
                                throw new IllegalStateException("as a library of the caller's does", broken);
                            }
                        },
                        LIMIT));

        backWithin(Duration.ofSeconds(2), "a broken connection");
    }

    @Test
    void call_afterTheServerEndedTheSession_isMadeOnANewOne() throws Exception {
        server.admin().execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'control'");

        note("new session");

        assertThat(count()).isEqualTo("1");
    }

    @Test
    void call_onAFrozenServer_endsAtItsLimitAndLeavesNothing() throws Exception {
        server.freeze();
        Duration longest;
        try {
            longest = longestUnavailable(() -> rig.control.call(c -> "", LIMIT), 3);
            measured("longest call, frozen, limit " + LIMIT.toMillis() + " ms", longest, LIMIT.plus(SLACK));
            awaitKnownDown();
            Duration refused = longestUnavailable(() -> rig.control.call(c -> "", LIMIT), 100);
            measured("longest of 100 calls, known down", refused, SLACK);
            assertThat(refused).isLessThan(SLACK);
        } finally {
            server.thaw();
        }
        backWithin(Duration.ofSeconds(2), "thaw");
        assertThat(longest).isLessThan(LIMIT.plus(SLACK));
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void call_whoseTimeTheFrozenServerUsedUp_logsInToNothing() throws Exception {
        note("the session is open");
        try (Logged logged = Logged.of("dev.mooring.postgres.connection")) {
            server.freeze();
            try {
                assertThatExceptionOfType(ControlUnavailableException.class)
                        .isThrownBy(() -> rig.control.call(c -> "", LIMIT));
                awaitKnownDown();
            } finally {
                server.thaw();
            }
            backWithin(Duration.ofSeconds(2), "a call that used its time up");
            assertThat(logged.events())
                    .as("attempts to log in, each with the limit that it had")
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(limitOf(event)).isGreaterThanOrEqualTo(100));
        }
    }

    private static long limitOf(ILoggingEvent attempt) {
        return attempt.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals("timeout_ms"))
                .mapToLong(pair -> ((Number) pair.value).longValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void call_thatIsGivenUp_isNotCommittedLater() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        assertThatExceptionOfType(ControlUnavailableException.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            ControlRig.change(c, "insert into noted values ('late')");
                            awaitQuietly(goOn);
                            return "";
                        },
                        LIMIT))
                .matches(given -> !given.isUnclear());
        goOn.countDown();

        backWithin(Duration.ofSeconds(2), "a call that was given up");
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void call_whoseCommitIsNotAnswered_isUnclear() throws Exception {
        assertThatExceptionOfType(ControlUnavailableException.class)
                .isThrownBy(() -> rig.control.call(
                        c -> {
                            rig.proxy.inject(Fault.stall(Direction.SERVER_TO_CLIENT));
                            return "";
                        },
                        LIMIT))
                .matches(ControlUnavailableException::isUnclear);
        rig.proxy.heal();
    }

    @Test
    void call_insideADeadline_endsWithIt() throws Exception {
        server.freeze();
        try (Deadline.Scope open =
                Deadline.in(Duration.ofMillis(300), Time.system()).open()) {
            assertThat(open).isNotNull();
            long asked = System.nanoTime();
            assertThatExceptionOfType(ControlUnavailableException.class).isThrownBy(() -> note("late"));
            assertThat(since(asked)).isLessThan(Duration.ofMillis(300).plus(SLACK));
        } finally {
            server.thaw();
        }
    }

    @Test
    void call_onALockedTable_endsAtItsLimitAndTheServerIsNotLeftWaiting() throws Exception {
        try (var other = server.admin().connect("control")) {
            other.setAutoCommit(false);
            ControlRig.change(other, "lock table noted");
            long asked = System.nanoTime();
            assertThatExceptionOfType(ControlUnavailableException.class).isThrownBy(() -> note("locked"));
            assertThat(since(asked)).isLessThan(LIMIT.plus(SLACK));
            assertThat(server.admin().ask("control", """
                            select count(*) from pg_stat_activity where wait_event_type = 'Lock'""")).isEqualTo("0");
        }
        note("unlocked");
    }

    @Test
    void connection_afterTheServerWasKilled_comesBackByItself() throws Exception {
        server.kill();
        try {
            Duration longest = longestUnavailable(() -> rig.control.call(c -> "", LIMIT), 20);
            measured("longest call, killed, limit " + LIMIT.toMillis() + " ms", longest, LIMIT.plus(SLACK));
            assertThat(longest).isLessThan(LIMIT.plus(SLACK));
            awaitKnownDown();
        } finally {
            server.start();
        }
        backWithin(Duration.ofSeconds(2), "a start after kill -9");
    }

    @Test
    void connection_afterTheServerRefused_comesBackByItself() throws Exception {
        rig.proxy.inject(Fault.refuse());
        Duration longest = longestUnavailable(() -> rig.control.call(c -> "", LIMIT), 20);
        measured("longest call, refused, limit " + LIMIT.toMillis() + " ms", longest, LIMIT.plus(SLACK));
        assertThat(longest).isLessThan(LIMIT.plus(SLACK));
        awaitKnownDown();

        rig.proxy.heal();

        backWithin(Duration.ofSeconds(2), "the end of refusals");
    }

    @Test
    void round_afterAnOutage_isMadeAtOnce() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        rig.control.every(Duration.ofMinutes(10), "test", c -> rounds.incrementAndGet());
        await().atMost(Duration.ofSeconds(2)).until(() -> rounds.get() == 1);

        rig.proxy.inject(Fault.refuse());
        awaitKnownDown();
        long healed = System.nanoTime();
        rig.proxy.heal();
        await().atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> rounds.get() >= 1 && works());
        await().atMost(Duration.ofSeconds(1)).until(() -> rounds.get() == 2);

        measured("round after the heal", since(healed), Duration.ofSeconds(3));
    }

    @Test
    void round_thatFails_isTriedAgainAndDisturbsNobody() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        rig.control.every(Duration.ofMillis(50), "wrong", c -> {
            rounds.incrementAndGet();
            ControlRig.ask(c, "select no_such_column");
        });

        await().atMost(Duration.ofSeconds(2)).until(() -> rounds.get() >= 3);

        note("undisturbed");
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void round_thatThrowsAnError_isTriedAgainAndDisturbsNobody() throws Exception {
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger well = new AtomicInteger();
        rig.control.every(Duration.ofMillis(50), "wrong", c -> {
            failing.incrementAndGet();
            throw new StackOverflowError("a mistake");
        });
        rig.control.every(Duration.ofMillis(50), "well", c -> well.incrementAndGet());

        await().atMost(Duration.ofSeconds(2)).until(() -> failing.get() >= 3 && well.get() >= 3);

        note("undisturbed");
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void close_makesALastRound() throws Exception {
        rig.control.every(
                Duration.ofMinutes(10),
                "last words",
                c -> ControlRig.change(c, "insert into noted select 'round ' || count(*) from noted"));
        await().atMost(Duration.ofSeconds(2)).until(() -> count().equals("1"));

        rig.control.close();

        assertThat(server.admin().ask("control", "select count(*) from noted")).isEqualTo("2");
        assertThatExceptionOfType(ControlUnavailableException.class).isThrownBy(() -> note("too late"));
    }

    @Test
    void close_withManyRounds_givesEachTheTimeItNeeds() throws Exception {
        for (int i = 0; i < 8; i++) {
            String word = "round " + i;
            rig.control.every(
                    Duration.ofMinutes(10),
                    word,
                    c -> ControlRig.change(
                            c, "insert into noted select '" + word + " ' || count(*) from noted, pg_sleep(0.03)"));
        }
        await().atMost(Duration.ofSeconds(3)).until(() -> count().equals("8"));

        rig.control.close();

        assertThat(server.admin().ask("control", "select count(*) from noted")).isEqualTo("16");
    }

    @Test
    void close_whileTheConnectionRestsAfterAFailure_makesALastRound() throws Exception {
        rig.control.every(
                Duration.ofMinutes(10),
                "last words",
                c -> ControlRig.change(c, "insert into noted select 'round ' || count(*) from noted"));
        await().atMost(Duration.ofSeconds(2)).until(() -> count().equals("1"));
        rig.proxy.inject(Fault.refuse());
        rig.proxy.resetAll();
        assertThatExceptionOfType(ControlUnavailableException.class).isThrownBy(() -> note("refused"));
        rig.proxy.heal();

        rig.control.close();

        assertThat(server.admin().ask("control", "select count(*) from noted")).isEqualTo("2");
    }

    @Test
    void close_onAFrozenServer_endsInTime() throws Exception {
        rig.control.every(Duration.ofMillis(100), "test", c -> ControlRig.ask(c, "select 1"));
        server.freeze();
        try {
            long asked = System.nanoTime();
            rig.control.close();
            measured("close, frozen", since(asked), Duration.ofSeconds(2));
            assertThat(since(asked)).isLessThan(Duration.ofMillis(2500));
        } finally {
            server.thaw();
        }
    }

    private void note(String word) throws SQLException {
        rig.control.call(c -> ControlRig.change(c, "insert into noted values ('" + word + "')"), LIMIT);
    }

    private String count() throws SQLException {
        return rig.control.call(c -> ControlRig.ask(c, "select count(*) from noted"), LIMIT);
    }

    private boolean works() throws SQLException {
        try {
            return count() != null;
        } catch (ControlUnavailableException notYet) {
            return false;
        }
    }

    private void backWithin(Duration most, String after) {
        long healed = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(this::works);
        Duration took = since(healed);
        measured("back after " + after, took, most);
        assertThat(took).isLessThan(most);
    }

    private void awaitKnownDown() {
        await().atMost(Duration.ofSeconds(10)).until(() -> !rig.mooring.health().ready());
    }

    private static Duration longestUnavailable(ThrowingCallable call, int times) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            long asked = System.nanoTime();
            assertThatExceptionOfType(ControlUnavailableException.class).isThrownBy(call);
            Duration took = since(asked);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void measured(String what, Duration took, Duration most) {
        System.out.println("measured " + what + ": " + took.toMillis() + " ms (at most " + most.toMillis() + " ms)");
    }
}
