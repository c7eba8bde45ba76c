package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener receives how long calls take; without one, no call reads a clock. */
@Timeout(30)
class CallTimerTest {
    private final ManualTime clock = new ManualTime();
    private final AtomicInteger looks = new AtomicInteger();
    private final Dependency ranking = Dependency.named("ranking")
            .optional()
            .breaker(b -> b.failures(1))
            .time(Time.of(clock.wall(), this::nanos))
            .build();
    private final Mooring mooring = Mooring.supervise(ranking);
    private final List<Duration> told = new ArrayList<>();

    @AfterEach
    void close() {
        mooring.close();
    }

    @Test
    void call_that_nobody_measures_reads_no_clock() throws Exception {
        ranking.call(() -> 1).get();
        int before = looks.get();
        for (int i = 0; i < 1_000; i++) {
            ranking.call(() -> 1).get();
        }
        assertThat(looks.get() - before)
                .as("looks at the clock, of which the supervisor makes some")
                .isLessThan(100);
    }

    @Test
    void calls_are_told_with_what_they_took_well_or_not_and_refused_ones_are_none() throws Exception {
        ranking.timer().tell(told::add);

        ranking.call(() -> passes(Duration.ofMillis(30))).get();
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletableFuture<String> answer = ranking.callAsync(() -> later);
        passes(Duration.ofMillis(50));
        later.complete("best");
        answer.join();
        ranking.call(() -> {
                    passes(Duration.ofMillis(70));
                    throw new ConnectException("Connection refused");
                })
                .orElse(() -> 0);
        assertThatThrownBy(() -> ranking.call(() -> 1).get()).isInstanceOf(DependencyUnavailableException.class);

        assertThat(told).containsExactly(Duration.ofMillis(30), Duration.ofMillis(50), Duration.ofMillis(70));
    }

    @Test
    void listener_that_throws_is_told_no_more_and_the_call_does_not_notice() throws Exception {
        ranking.timer().tell(took -> {
            told.add(took);
            throw new IllegalStateException("broken");
        });
        assertThat(ranking.call(() -> 1).get()).isOne();
        assertThat(ranking.call(() -> 2).get()).isEqualTo(2);
        assertThat(told).hasSize(1);
    }

    private int passes(Duration howLong) {
        clock.advance(howLong);
        return 1;
    }

    private long nanos() {
        looks.incrementAndGet();
        return clock.monotonic().getAsLong();
    }
}
