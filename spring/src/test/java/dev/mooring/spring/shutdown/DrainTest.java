package dev.mooring.spring.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainTest {
    private static final Duration DELAY = Duration.ofMillis(700);

    @Test
    void serviceThatIsReady_saysNotReadyFirst_andWaitsForTheDelay() {
        try (Mooring mooring = Mooring.supervise()) {
            await().until(() -> mooring.health().ready());
            Drain drain = new Drain(mooring, DELAY, () -> true);
            drain.start();
            assertThat(drain.isDraining()).isFalse();
            assertThat(stop(drain)).isGreaterThanOrEqualTo(DELAY.toMillis());
            assertThat(mooring.health().error()).contains("shutting_down");
            assertThat(drain.isDraining()).isTrue();
            assertThat(drain.isRunning()).isFalse();
        }
    }

    @Test
    void serviceThatIsNotReady_doesNotWait() {
        Dependency away = Dependency.named("database")
                .probe(attempt -> {
                    throw new ConnectException("Connection refused");
                })
                .build();
        try (Mooring mooring = Mooring.supervise(away)) {
            Drain drain = new Drain(mooring, DELAY, () -> true);
            drain.start();
            assertThat(stop(drain)).isLessThan(DELAY.toMillis());
            assertThat(drain.isDraining()).isTrue();
        }
    }

    @Test
    void interrupt_endsTheDelay() throws InterruptedException {
        try (Mooring mooring = Mooring.supervise()) {
            await().until(() -> mooring.health().ready());
            Drain drain = new Drain(mooring, Duration.ofMinutes(1), () -> true);
            drain.start();
            Thread stopping = new Thread(drain::stop, "stopping");
            stopping.start();
            await().until(drain::isDraining);
            stopping.interrupt();
            stopping.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    private static long stop(Drain drain) {
        long began = System.nanoTime();
        drain.stop();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
