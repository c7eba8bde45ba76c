package dev.mooring.spring.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.Terminal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.test.context.support.TestPropertySourceUtils;

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
    void contextThatCloses_whileTheProcessGoesOn_doesNotWait() {
        try (Mooring mooring = Mooring.supervise()) {
            await().until(() -> mooring.health().ready());
            Drain drain = new Drain(mooring, DELAY, ProcessEnd::hasBegun);
            drain.start();
            assertThat(stop(drain)).isLessThan(DELAY.toMillis());
            assertThat(mooring.health().error()).contains("shutting_down");
        }
    }

    @ParameterizedTest
    @CsvSource({"a test, '', 0", "a test that sets it, 3s, 3", "a service, '', 5"})
    void delay_isLeftOutInATest_unlessItIsSet(String who, String set, long seconds) {
        ServletWebServerApplicationContext context = new ServletWebServerApplicationContext();
        if (who.startsWith("a test")) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "spring.main.banner-mode=off");
        }
        Settings settings = Settings.ofEnvironment(Map.of("SHUTDOWN_DRAIN_DELAY", set));

        assertThat(DrainDelay.of(settings, context))
                .as(who)
                .hasSeconds(Terminal.isThere() && set.isEmpty() ? 0 : seconds);
        assertThat(DrainDelay.of(settings, new StaticApplicationContext())).isZero();
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
