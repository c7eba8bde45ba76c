package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.mooring.breaker.TransitionCause;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of histories, each drawn from its number, through the real supervisor and breakers. What must hold in all of them is
 * listed in {@link Invariant}. Finds wrong rules and forgotten cases; it runs on one thread, so it finds no races.
 *
 * <p>{@code -Dsimulation.histories=n} runs that many, {@code -Dsimulation.seed=n} the one of that number again.
 */
class SimulationTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.mooring");
    private static final long HISTORIES = Long.getLong("simulation.histories", 4_000);

    private final Map<TransitionCause, Integer> causes = new EnumMap<>(TransitionCause.class);
    private Duration lived = Duration.ZERO;
    private long calls;
    private long late;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void beHeardAgain() {
        LOG.setLevel(null);
    }

    @Test
    void every_history_keeps_every_invariant() {
        Long replayed = Long.getLong("simulation.seed");
        if (replayed != null) {
            live(replayed);
            return;
        }
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        LongStream.rangeClosed(1, HISTORIES).forEach(this::live);
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
        System.out.printf(
                Locale.ROOT,
                "measured simulation: %,d histories, %,d hours of virtual time, %,d transitions, %,d calls, "
                        + "%,d late outcomes, 0 broken invariants, %.1f s of processor time%n",
                HISTORIES,
                lived.toHours(),
                causes.values().stream().mapToInt(Integer::intValue).sum(),
                calls,
                late,
                took / 1e9);
        assertThat(causes).as("every kind of transition happened").containsOnlyKeys(TransitionCause.values());
        assertThat(late).as("late outcomes").isPositive();
    }

    @Test
    void history_of_the_same_seed_is_the_same() {
        SimulatedHistory first = new SimulatedHistory(42);
        first.run();
        SimulatedHistory second = new SimulatedHistory(42);
        second.run();
        assertThat(second.lasted()).isEqualTo(first.lasted());
        assertThat(second.causes()).isEqualTo(first.causes());
        assertThat(second.calls()).isEqualTo(first.calls());
    }

    @Test
    void probe_that_lies_is_found_out() {
        assertThatThrownBy(() -> LongStream.rangeClosed(1, 50).forEach(seed -> new SimulatedHistory(seed, true).run()))
                .hasMessageMatching("(?s)(TOLD_IN_TIME|BYPASSED_TELLS_THE_PROBES_WORD) is broken.*");
    }

    private void live(long seed) {
        SimulatedHistory history = new SimulatedHistory(seed);
        assertThatCode(history::run)
                .as(
                        "history of seed %d; to live through it again: -Dtest=SimulationTest -Dsimulation.seed=%d",
                        seed, seed)
                .doesNotThrowAnyException();
        history.causes().forEach((cause, times) -> causes.merge(cause, times, Integer::sum));
        lived = lived.plus(history.lasted());
        calls += history.calls();
        late += history.lateOutcomes();
    }
}
