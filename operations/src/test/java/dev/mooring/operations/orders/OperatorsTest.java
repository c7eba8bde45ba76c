package dev.mooring.operations.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditQuery;
import dev.mooring.operations.audit.ChainWalk;
import dev.mooring.operations.audit.RecordedEntry;
import dev.mooring.operations.control.ControlRig;
import dev.mooring.postgres.control.ControlUnavailableException;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Direction;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two instances on one database, each over a network of its own. Their orders go to the breaker of a dependency "ranking". */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperatorsTest {
    private static final Duration EVERYWHERE = Duration.ofSeconds(5);

    private static TestPostgres server;
    private Instance one;
    private Instance other;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.started();
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @BeforeEach
    void startInstances() throws SQLException {
        one = new Instance(ControlRig.onMigrated(server));
        other = new Instance(ControlRig.on(server, one.database()));
    }

    @AfterEach
    void end() {
        one.close();
        other.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void order_isObeyedEverywhereAndInTheAudit() {
        assertThat(one.give(OrderKind.OPEN, Duration.ofMinutes(5))).isTrue();
        assertThat(one.state()).isEqualTo(BreakerState.FORCED_OPEN);
        measured("forced open on the other instance", other.awaitState(BreakerState.FORCED_OPEN));

        assertThat(other.give(OrderKind.CLOSE)).isTrue();
        assertThat(other.state()).isEqualTo(BreakerState.CLOSED);
        measured("closed on the first instance", one.awaitState(BreakerState.CLOSED));

        assertThat(one.give(OrderKind.BYPASS, Duration.ofMinutes(5))).isTrue();
        measured("bypassed on the other instance", other.awaitState(BreakerState.BYPASSED));

        assertThat(one.give(OrderKind.RESET)).isTrue();
        measured("reset on the other instance", other.awaitState(BreakerState.CLOSED));

        assertThat(one.audited())
                .extracting(row -> row.entry().action())
                .containsExactly("breaker.reset", "breaker.bypass", "breaker.close", "breaker.open");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void order_expiresEverywhereAtTheSameTime() {
        one.give(OrderKind.OPEN, Duration.ofSeconds(6));
        other.awaitState(BreakerState.FORCED_OPEN);

        one.awaitNotForced();
        Duration later = other.awaitNotForced();

        measured("expired on the other instance after the first", later);
        assertThat(later).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void order_isInForceAgainAfterARestart_andACloseIsNotRepeated() throws SQLException {
        one.give(OrderKind.OPEN, Duration.ofMinutes(5));
        other.close();

        other = new Instance(ControlRig.on(server, one.database()));
        measured("forced open after a restart", other.awaitState(BreakerState.FORCED_OPEN));

        one.give(OrderKind.CLOSE);
        other.awaitState(BreakerState.CLOSED);
        other.close();
        other = new Instance(ControlRig.on(server, one.database()));
        other.ranking.operator().bypass(new OperatorAct("test", "before the first look", EVERYWHERE));
        stays(other, BreakerState.BYPASSED);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void order_whileTheDatabaseIsAway_isObeyedHereAuditedLaterAndNotUndone() {
        one.give(OrderKind.CLOSE);
        one.rig.proxy.inject(Fault.silence());
        long asked = System.nanoTime();
        assertThat(one.give(OrderKind.OPEN, Duration.ofMinutes(5))).isFalse();
        measured("order while the database is frozen", since(asked));
        assertThat(since(asked)).isLessThan(Duration.ofMillis(2_500));
        assertThat(one.state()).isEqualTo(BreakerState.FORCED_OPEN);

        one.rig.proxy.heal();
        await().atMost(Duration.ofSeconds(15)).until(() -> one.audited().size() == 2);
        await().atMost(Duration.ofSeconds(15)).until(() -> one.audit.waiting() == 0);

        RecordedEntry late = one.audited().get(0);
        assertThat(late.entry().action()).isEqualTo("breaker.open");
        assertThat(late.entry().details()).endsWith("only the instance that was asked");
        assertThat(one.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(other.state()).as("never replayed").isEqualTo(BreakerState.CLOSED);
        assertThat(one.chainIsWhole()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void localOrder_isReplacedByAYoungerOneOfAnotherInstance() {
        one.rig.proxy.inject(Fault.refuse());
        assertThat(one.give(OrderKind.OPEN, Duration.ofMinutes(5))).isFalse();
        assertThat(other.give(OrderKind.BYPASS, Duration.ofMinutes(5))).isTrue();

        one.rig.proxy.heal();

        measured("the younger order after the heal", one.awaitState(BreakerState.BYPASSED));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void localOrder_isNotReplacedByAnOlderOneOfAnotherInstance() {
        one.rig.proxy.inject(Fault.refuse());
        assertThat(other.give(OrderKind.BYPASS, Duration.ofMinutes(5))).isTrue();
        assertThat(one.give(OrderKind.OPEN, Duration.ofMinutes(5))).isFalse();

        one.rig.proxy.heal();
        await().atMost(Duration.ofSeconds(15)).until(() -> one.audited().size() == 2);

        stays(one, BreakerState.FORCED_OPEN);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void order_whoseCommitIsUnclear_isInTheAuditOnce() {
        one.rig.proxy.inject(Fault.cutAfter(0, Direction.SERVER_TO_CLIENT));
        assertThat(one.give(OrderKind.OPEN, Duration.ofMinutes(5))).isFalse();
        one.rig.proxy.heal();

        await().atMost(Duration.ofSeconds(15)).until(() -> one.audited().size() == 1 && one.audit.waiting() == 0);

        assertThat(one.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(one.chainIsWhole()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void ordersOfTheDatabaseItself_areObeyedWhileItRefusesItsCallers() {
        assertThat(one.operators.give(new Order(
                        "database", OrderKind.OPEN, "night shift", "upgrade", Optional.of(Duration.ofMinutes(5)))))
                .isTrue();
        assertThat(one.rig.postgres.dependency().breaker().view().state()).isEqualTo(BreakerState.FORCED_OPEN);

        assertThat(one.operators.give(
                        new Order("database", OrderKind.CLOSE, "night shift", "upgraded", Optional.empty())))
                .isTrue();
        one.rig.awaitUp();
    }

    /** Waits longer than an instance takes to read the orders again. */
    private static void stays(Instance instance, BreakerState state) {
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> instance.state() == state);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void measured(String what, Duration took) {
        System.out.println("measured " + what + ": " + took.toMillis() + " ms");
    }

    /** One instance of a service. */
    private static final class Instance implements AutoCloseable {
        final ControlRig rig;
        final Dependency ranking = Dependency.named("ranking").optional().build();
        final Mooring mooring = Mooring.supervise(ranking);
        final Audit audit;
        final Operators operators;

        Instance(ControlRig rig) {
            this.rig = rig;
            audit = new Audit(rig.control);
            operators = new Operators(List.of(rig.postgres.dependency(), ranking), rig.control, audit, Time.system());
        }

        String database() {
            return rig.postgres.databaseInUse().orElseThrow();
        }

        boolean give(OrderKind kind) {
            return operators.give(new Order("ranking", kind, "night shift", "because", Optional.empty()));
        }

        boolean give(OrderKind kind, Duration lasts) {
            return operators.give(new Order("ranking", kind, "night shift", "because", Optional.of(lasts)));
        }

        BreakerState state() {
            return ranking.breaker().view().state();
        }

        Duration awaitState(BreakerState wanted) {
            return awaitThat(() -> state() == wanted, EVERYWHERE);
        }

        Duration awaitNotForced() {
            return awaitThat(() -> ranking.breaker().view().forced().isEmpty(), Duration.ofSeconds(15));
        }

        private static Duration awaitThat(Callable<Boolean> condition, Duration most) {
            long begun = System.nanoTime();
            await().atMost(most)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(condition);
            return since(begun);
        }

        List<RecordedEntry> audited() {
            try {
                return rig.control.call(
                        c -> audit.read(c, new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 100)),
                        Duration.ofSeconds(2));
            } catch (ControlUnavailableException notYet) {
                return List.of();
            }
        }

        boolean chainIsWhole() {
            ChainWalk walk = new ChainWalk(Optional.empty());
            boolean more = rig.control.call(walk::step, Duration.ofSeconds(2));
            return !more && walk.verdict().intact();
        }

        @Override
        public void close() {
            rig.close();
            mooring.close();
        }
    }
}
