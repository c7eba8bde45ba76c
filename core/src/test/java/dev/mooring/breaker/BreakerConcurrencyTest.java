package dev.mooring.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** The transitions under eight threads: each happens once, whichever thread is first. Finds lost updates, not memory effects. */
@Timeout(60)
class BreakerConcurrencyTest {
    private static final int THREADS = 8;

    @RepeatedTest(20)
    void closed_to_open_happens_once_when_eight_threads_fail() throws Exception {
        Rig rig = Rig.unprobed(new BreakerSettings());
        inParallel(() -> {
            for (int i = 0; i < 50; i++) {
                Permit permit = rig.breaker.tryAcquire();
                if (permit != null) {
                    permit.failure(rig.failure());
                }
            }
            return null;
        });
        assertThat(rig.moves).hasSize(1);
        assertThat(rig.breaker.counts().failures() + rig.breaker.counts().refused())
                .isEqualTo(THREADS * 50L);
    }

    @RepeatedTest(20)
    void moves_are_told_in_the_order_in_which_they_happen() throws Exception {
        Rig rig = Rig.unprobed(new BreakerSettings().failures(1));
        OperatorAct act = new OperatorAct("ops", "drill", Duration.ofMinutes(1));
        inParallel(() -> {
            for (int i = 0; i < 50; i++) {
                Permit permit = rig.breaker.tryAcquire();
                if (permit != null) {
                    permit.failure(rig.failure());
                }
                switch (i % 3) {
                    case 0 -> rig.control.operator().close();
                    case 1 -> rig.control.operator().bypass(act);
                    default -> rig.control.operator().open(act);
                }
            }
            return null;
        });
        BreakerState present = BreakerState.CLOSED;
        for (BreakerMove move : rig.moves) {
            assertThat(move.from()).isEqualTo(present);
            present = move.to();
        }
        assertThat(rig.state()).isEqualTo(present);
    }

    @RepeatedTest(20)
    void recovering_admits_one_trial_of_eight_threads() throws Exception {
        Rig rig = Rig.unprobed(new BreakerSettings());
        rig.openAndPause();
        List<Boolean> admitted = inParallel(() -> rig.breaker.tryAcquire() != null);
        assertThat(admitted).filteredOn(a -> a).hasSize(1);
    }

    @RepeatedTest(20)
    void recovering_to_closed_happens_once_when_eight_threads_succeed() throws Exception {
        Rig rig = Rig.unprobed(new BreakerSettings());
        rig.openAndPause();
        inParallel(() -> {
            for (int i = 0; i < 200; i++) {
                Permit permit = rig.breaker.tryAcquire();
                if (permit != null) {
                    permit.success();
                }
            }
            return null;
        });
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.moves)
                .extracting(BreakerMove::to)
                .containsExactly(BreakerState.OPEN, BreakerState.RECOVERING, BreakerState.CLOSED);
        assertThat(rig.breaker.counts().succeeded() + rig.breaker.counts().refused())
                .isEqualTo(THREADS * 200L);
    }

    @RepeatedTest(20)
    void operators_and_callers_leave_one_line_of_transitions() throws Exception {
        Rig rig = Rig.unprobed(new BreakerSettings());
        OperatorAct act = new OperatorAct("ops", "drill", java.time.Duration.ofMinutes(1));
        inParallel(() -> {
            for (int i = 0; i < 20; i++) {
                rig.control.operator().open(act);
                rig.control.operator().close();
                Permit permit = rig.breaker.tryAcquire();
                if (permit != null) {
                    permit.failure(rig.failure());
                }
            }
            return null;
        });
        assertThat(rig.moves.stream().filter(m -> m.to() == BreakerState.FORCED_OPEN))
                .hasSize(THREADS * 20);
        assertThat(rig.moves.stream().filter(m -> m.cause() == TransitionCause.OPERATOR))
                .hasSize(THREADS * 40);
    }

    private static <T> List<T> inParallel(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
