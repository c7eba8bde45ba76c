package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.health.Status;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recovery and closing go on while all eight probe threads of a dependency hang. */
@Timeout(30)
class ProbeThreadsTest {
    private static final ProbeTiming QUICK = new ProbeTiming(Duration.ofMillis(100), Duration.ofMillis(400));

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void eightThatHang_keepNeitherRecoveryNorClosingFromItsOwnThread() throws Exception {
        ProbeThreads threads = new ProbeThreads("backend");
        for (int i = 0; i < 8; i++) {
            assertThat(threads.begin(this::hang)).isTrue();
        }
        assertThat(threads.begin(this::hang)).isFalse();
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        threads.opened(opened::countDown);
        threads.discard(closed::countDown);
        opened.await();
        closed.await();
        threads.stop();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void recoveryThatHangs_hearsOfALaterOutageOnceAfterwards() throws Exception {
        ProbeThreads threads = new ProbeThreads("backend");
        AtomicInteger heard = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        threads.opened(() -> {
            first.countDown();
            hang();
        });
        first.await();
        for (int i = 0; i < 100; i++) {
            threads.opened(heard::incrementAndGet);
        }
        release.countDown();
        await().until(() -> heard.get() > 0);
        CountDownLatch last = new CountDownLatch(1);
        threads.discard(last::countDown);
        last.await();
        assertThat(heard).hasValue(1);
        threads.stop();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void dependencyWhoseProbesAndClosingsAllHang_isDownWithItsRecoveryToldAndTheOtherIsUp() {
        AtomicBoolean hangs = new AtomicBoolean();
        AtomicInteger opened = new AtomicInteger();
        List<Status> otherWas = new CopyOnWriteArrayList<>();
        Probe hanging = attempt -> {
            if (hangs.get()) {
                attempt.onAbandon(this::hang);
                hang();
            }
            return ProbeAnswer.well();
        };
        Watch sick = watch("sick", false, hanging, opened);
        Watch other = watch("other", true, attempt -> ProbeAnswer.well(), new AtomicInteger());
        try (SupervisorThread supervisor = new SupervisorThread(List.of(sick, other), Time.system(), List.of(event -> {
            if (event instanceof dev.mooring.event.MooringEvent.StatusChanged changed
                    && changed.dependency().equals("other")) {
                otherWas.add(changed.to());
            }
        }))) {
            await().until(() -> status(supervisor, "sick") == Status.UP && status(supervisor, "other") == Status.UP);
            hangs.set(true);
            await().until(() -> status(supervisor, "sick") == Status.DOWN && opened.get() == 1);
            await("all eight hang").until(() -> probeThreads("sick") >= 8);
            // An operator's act that expires opens the breaker again: the recovery runs though no probe thread is
            // free.
            sick.operator().close();
            await().until(() -> status(supervisor, "sick") == Status.DOWN && opened.get() == 2);
            assertThat(otherWas).containsExactly(Status.UP);
            release.countDown();
            hangs.set(false);
            await().until(() -> status(supervisor, "sick") == Status.UP);
        }
    }

    private static Watch watch(String name, boolean critical, Probe probe, AtomicInteger opened) {
        Recovery recovery = new Recovery() {
            @Override
            public void opened() {
                opened.incrementAndGet();
            }

            @Override
            public void verify() {}
        };
        return new Watch(
                new Supervised(
                        name,
                        critical,
                        true,
                        FailureClassifier.jdk(),
                        Optional.of(probe),
                        QUICK,
                        new BreakerSettings(),
                        4,
                        Duration.ofSeconds(1),
                        recovery,
                        List.of()),
                Time.system());
    }

    private static Status status(SupervisorThread supervisor, String name) {
        return supervisor.health().dependency(name).orElseThrow().status();
    }

    private static long probeThreads(String dependency) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mooring-probe-" + dependency + "-"))
                .count();
    }

    private void hang() {
        boolean interrupted = false;
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
