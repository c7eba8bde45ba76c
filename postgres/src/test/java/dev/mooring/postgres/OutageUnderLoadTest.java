package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.BreakerState;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.event.MooringEvent.ProbeEnded;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeKind;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.load.LoadRecord;
import dev.mooring.testing.load.SteadyLoad;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server goes away while users ask 200 times a second, with retries: what the outage costs the users, what pool and retries cost the
 * server, and how soon all users are served again. With {@code -Plong-outage} the outage lasts five minutes. The tests run side by side,
 * each on a server of its own.
 */
@Tag("long")
@Tag("server")
@Timeout(600)
@Tag("alone")
class OutageUnderLoadTest {
    private static final int PER_SECOND = 200;
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 8));
    private static final Duration FLAPPING = OUTAGE.multipliedBy(3).compareTo(Duration.ofMinutes(5)) < 0
            ? OUTAGE.multipliedBy(3)
            : Duration.ofMinutes(5);
    private static final Duration FLAP = Duration.ofSeconds(2);

    private static final int POOL = 5;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Backoff THREE_ATTEMPTS =
            Backoff.exponential(Duration.ofMillis(20)).cap(LIMIT).deadline(Duration.ofSeconds(3));

    private static final Duration FIRST_SUCCESS = Duration.ofMillis(1500);
    private static final Duration ALL_ADMITTED = FIRST_SUCCESS.plusSeconds(2);

    private enum Trouble {
        KILLED(Duration.ofSeconds(3), TestPostgres::kill, TestPostgres::start),
        FROZEN(Duration.ofMillis(3500), TestPostgres::freeze, TestPostgres::thaw);

        private final Duration told;
        private final Consumer<TestPostgres> begin;
        private final Consumer<TestPostgres> end;

        Trouble(Duration told, Consumer<TestPostgres> begin, Consumer<TestPostgres> end) {
            this.told = told;
            this.begin = begin;
            this.end = end;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void outage_costsTheFirstUsersAndNoExtraLoad_andEndsInTime(Trouble trouble) throws Exception {
        AtomicInteger statements = new AtomicInteger();
        try (TestPostgres server = Rig.server();
                Rig rig = Rig.on(server, Map.of("DATABASE_POOL_MIN", String.valueOf(POOL)))
                        .awaitUp();
                SteadyLoad load = SteadyLoad.of(PER_SECOND, () -> ask(rig, statements))) {
            awaitCalm(load);
            int statementsBefore = statements.get();
            int connectionsBefore = rig.proxy.opened();
            long probesBefore = freshProbes(rig);
            long away = System.nanoTime();
            trouble.begin.accept(server);
            Duration told = rig.awaitStatus(Status.DOWN, Duration.ofSeconds(10));
            long opened = System.nanoTime();
            awaitTime(OUTAGE.minusNanos(opened - away));
            int statementsSent = statements.get() - statementsBefore;
            int connections = rig.proxy.opened() - connectionsBefore;
            long probes = freshProbes(rig) - probesBefore;
            trouble.end.accept(server);
            long back = System.nanoTime();
            rig.awaitUp();
            awaitTime(Duration.ofSeconds(1));

            LoadRecord calls = load.stop();
            LoadRecord first = calls.between(away, opened);
            LoadRecord afterwards = calls.between(opened, back);
            int during = first.count() + afterwards.count();
            String what = "PostgreSQL " + trouble.name().toLowerCase(Locale.ROOT);
            System.out.printf(
                    Locale.ROOT,
                    "measured outage, %s for %d s at %d calls/s: told after %d ms (at most %d ms), of %d calls before "
                            + "%d failed and %d waited more than %d ms, of %d afterwards %d did (slowest %d ms)%n",
                    what,
                    OUTAGE.toSeconds(),
                    PER_SECOND,
                    told.toMillis(),
                    trouble.told.toMillis(),
                    first.count(),
                    first.failed(),
                    first.slowerThan(AT_ONCE),
                    AT_ONCE.toMillis(),
                    afterwards.count(),
                    afterwards.slowerThan(AT_ONCE),
                    afterwards.slowest().toMillis());
            System.out.printf(
                    Locale.ROOT,
                    "measured load on %s: %d statements and %d connections (%d of them probes) for %d calls with two "
                            + "retries each%n",
                    what,
                    statementsSent,
                    connections,
                    probes,
                    during);
            Duration success = Duration.ofNanos(calls.from(back).firstSuccess().orElseThrow() - back);
            Duration all = Duration.ofNanos(calls.from(back).lastFailure().orElse(back) - back);
            Rig.measured("first success after " + what, success, FIRST_SUCCESS);
            Rig.measured("all calls admitted after " + what, all, ALL_ADMITTED);
            assertThat(told).isLessThanOrEqualTo(trouble.told);
            assertThat(first.slowest())
                    .as("the longest wait: the limit of a call")
                    .isLessThanOrEqualTo(LIMIT.plus(AT_ONCE));
            assertThat(afterwards.slowerThan(AT_ONCE))
                    .as("refusals that were late")
                    .isLessThanOrEqualTo(afterwards.count() / 100);
            assertThat(statementsSent + connections - probes)
                    .as("what arrived, probes apart")
                    .isLessThanOrEqualTo(during * 11L / 10);
            assertThat(success).isLessThanOrEqualTo(FIRST_SUCCESS);
            assertThat(all).isLessThanOrEqualTo(ALL_ADMITTED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void database_thatFlapsEveryTwoSeconds_doesNotFlapHealthOrBreaker() {
        try (TestPostgres server = Rig.server();
                Rig rig = Rig.on(server, Map.of()).awaitUp()) {
            int flaps = 0;
            int changes = 0;
            boolean ready = true;
            for (; FLAP.multipliedBy(flaps).compareTo(FLAPPING) < 0; flaps++) {
                if (flaps % 2 == 0) {
                    rig.proxy.inject(Fault.refuse());
                } else {
                    rig.proxy.heal();
                }
                long begun = System.nanoTime();
                while (System.nanoTime() - begun < FLAP.toNanos()) {
                    boolean now = rig.mooring.health().ready();
                    changes += now == ready ? 0 : 1;
                    ready = now;
                    awaitTime(Duration.ofMillis(10));
                }
            }
            rig.proxy.heal();
            Duration healed = rig.awaitStatus(Status.UP, Duration.ofSeconds(20));
            System.out.printf(
                    "measured %d flaps of PostgreSQL: %d changes of readiness (at most 6), %d openings (at most 4), "
                            + "up %d ms after the last%n",
                    flaps, changes, openings(rig), healed.toMillis());
            assertThat(changes).isLessThanOrEqualTo(6);
            assertThat(openings(rig)).isLessThanOrEqualTo(4);
        }
    }

    private static String ask(Rig rig, AtomicInteger statements) throws Exception {
        return rig.postgres
                .dependency()
                .call(() -> {
                    try (Connection connection = rig.postgres.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        statements.incrementAndGet();
                        statement.execute("select 1");
                        return "1";
                    }
                })
                .within(LIMIT)
                .retrying(THREE_ATTEMPTS)
                .get();
    }

    private static long freshProbes(Rig rig) {
        return rig.events.stream()
                .filter(event -> event instanceof ProbeEnded ended && ended.kind() == ProbeKind.FRESH)
                .count();
    }

    private static long openings(Rig rig) {
        return rig.events.stream()
                .filter(event -> event instanceof BreakerMoved moved && moved.to() == BreakerState.OPEN)
                .count();
    }

    /** Returns when no call of the last second failed. */
    private static void awaitCalm(SteadyLoad load) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            LoadRecord lastSecond =
                    load.soFar().from(System.nanoTime() - Duration.ofSeconds(1).toNanos());
            return lastSecond.count() > PER_SECOND / 2 && lastSecond.failed() == 0;
        });
    }

    /** Returns when this much time has passed. */
    private static void awaitTime(Duration passes) {
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(passes.plusSeconds(5))
                .until(() -> System.nanoTime() - begun >= passes.toNanos());
    }
}
