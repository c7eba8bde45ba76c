package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that is slow or throws harms neither the verdict nor another listener. */
@Timeout(30)
class ListenersTest {
    private final List<MooringEvent> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Dependency backend =
            Dependency.named("backend").probe(attempt -> ProbeAnswer.well()).build();

    @Test
    void listener_that_blocks_loses_its_own_events_and_nobody_elses() throws Exception {
        try (Mooring mooring = Mooring.supervise(List.of(backend), List.of(this::block, heard::add))) {
            assertThat(mooring.awaitCritical(Duration.ofSeconds(5))).isTrue();
            for (int i = 1; i <= 10_000; i++) {
                backend.publish(attempt(i));
                int sent = i;
                if (i % 1_000 == 0) {
                    await().until(() -> attempts() == sent);
                }
            }
            assertThat(mooring.health().dependency("backend").orElseThrow().status())
                    .isEqualTo(Status.UP);
        } finally {
            release.countDown();
        }
    }

    @Test
    void listener_that_throws_hears_the_next_event() throws Exception {
        MooringListener fails = event -> {
            heard.add(event);
            if (event instanceof MooringEvent.ConnectionAttempted) {
                throw new AssertionError("broken");
            }
            throw new IllegalStateException("broken");
        };
        try (Mooring mooring = Mooring.supervise(List.of(backend), List.of(fails))) {
            assertThat(mooring.awaitCritical(Duration.ofSeconds(5))).isTrue();
            backend.publish(attempt(1));
            backend.publish(attempt(2));
            await().until(() -> attempts() == 2);
        }
    }

    @Test
    void listener_given_at_the_start_hears_the_first_change() throws Exception {
        try (Mooring mooring = Mooring.supervise(List.of(backend), List.of(heard::add))) {
            assertThat(mooring.awaitCritical(Duration.ofSeconds(5))).isTrue();
            await().until(() -> heard.stream()
                    .anyMatch(event -> event instanceof MooringEvent.StatusChanged changed
                            && changed.from() == Status.UNKNOWN
                            && changed.to() == Status.UP));
        }
    }

    @Test
    void closing_waits_for_listeners_that_block_two_seconds_in_all() {
        Mooring mooring = Mooring.supervise(List.of(backend), List.of(this::block, this::block, this::block));
        await().until(() -> mooring.health().ready());
        long begun = System.nanoTime();
        mooring.close();
        release.countDown();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2_900));
    }

    private void block(MooringEvent event) {
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

    private long attempts() {
        return heard.stream()
                .filter(MooringEvent.ConnectionAttempted.class::isInstance)
                .count();
    }

    private static MooringEvent attempt(int number) {
        return new MooringEvent.ConnectionAttempted(
                "backend", Instant.now(), Duration.ofMillis(number), Optional.empty());
    }
}
