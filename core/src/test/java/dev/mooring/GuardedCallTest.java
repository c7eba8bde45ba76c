package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedCallTest {
    private final Dependency ranking = Dependency.named("ranking")
            .optional()
            .bulkhead(new Bulkhead.Limits(1, 1, Duration.ofMillis(50)))
            .build();
    private final Mooring mooring = Mooring.supervise(ranking);

    @AfterEach
    void close() {
        mooring.close();
    }

    @Test
    void call_that_succeeds_gives_its_result() throws Exception {
        assertThat(ranking.call(() -> "best").get()).isEqualTo("best");
        assertThat(ranking.breaker().counts().succeeded()).isOne();
    }

    @Test
    void call_that_fails_throws_what_it_threw_or_gives_the_fallback() {
        assertThatThrownBy(() -> ranking.call(this::refuse).get()).isInstanceOf(ConnectException.class);
        assertThat(ranking.call(this::refuse).orElse(() -> "stale")).isEqualTo("stale");
        assertThat(ranking.breaker().counts().failures()).isEqualTo(2);
    }

    @Test
    void fifth_failure_in_a_row_opens_and_the_sixth_call_is_not_made() {
        for (int i = 0; i < 5; i++) {
            ranking.call(this::refuse).orElse(() -> "stale");
        }
        assertThatThrownBy(() -> ranking.call(() -> {
                            throw new AssertionError("was made");
                        })
                        .get())
                .isInstanceOf(DependencyUnavailableException.class);
        assertThat(ranking.call(this::refuse).orElse(() -> "stale")).isEqualTo("stale");
    }

    @Test
    void failure_that_is_not_the_dependencys_fault_is_not_hidden_by_a_fallback() {
        assertThatThrownBy(() -> ranking.call(() -> {
                            throw new CancellationException("caller left");
                        })
                        .orElse(() -> "stale"))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> ranking.call(() -> {
                            throw new InterruptedException();
                        })
                        .orElse(() -> "stale"))
                .isInstanceOf(CompletionException.class);
        assertThat(ranking.breaker().counts().ignored()).isEqualTo(2);
    }

    @Test
    void error_of_the_program_frees_the_place_and_counts_as_nothing() throws Exception {
        assertThatThrownBy(() -> ranking.call(() -> {
                            throw new AssertionError("bug");
                        })
                        .get())
                .isInstanceOf(AssertionError.class);
        assertThat(ranking.call(() -> 1).get()).isOne();
        assertThat(ranking.breaker().counts().failures()).isZero();
    }

    @Test
    void call_inside_a_call_of_the_same_dependency_needs_a_place_of_its_own() throws Exception {
        assertThatThrownBy(() -> ranking.call(() -> ranking.call(() -> 1).get()).get())
                .isInstanceOf(DependencySaturatedException.class)
                .hasMessageContaining("ranking is saturated: 1 of 1 calls run");
        assertThat(ranking.call(() -> 1).get()).isOne();
        assertThat(ranking.breaker().counts().failures())
                .as("our own limit is not its fault")
                .isEqualTo(0);
    }

    @Test
    void hanging_calls_take_the_bulkheads_places_and_no_more_threads() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch inside = new CountDownLatch(1);
            Future<Boolean> hanging = caller.submit(() -> ranking.call(() -> {
                        inside.countDown();
                        return hang.await(20, java.util.concurrent.TimeUnit.SECONDS);
                    })
                    .get());
            inside.await();
            assertThatThrownBy(() -> ranking.call(() -> 1).get()).isInstanceOf(DependencySaturatedException.class);
            hang.countDown();
            assertThat(hanging.get()).isTrue();
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void optional_dependency_nobody_asked_is_unknown_and_keeps_nothing_from_being_ready() throws Exception {
        assertThat(mooring.awaitCritical(Duration.ofSeconds(2))).isTrue();
        assertThat(mooring.health().dependency("ranking").orElseThrow().status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(mooring.dependency("ranking")).contains(ranking);
        assertThat(mooring.dependency("nobody")).isEqualTo(Optional.empty());
    }

    @Test
    void names_that_would_be_bad_in_settings_or_metrics_and_doubles_are_refused() {
        for (String name : List.of("", "Ranking", "9lives", "a b", "x".repeat(41))) {
            assertThatThrownBy(() -> Dependency.named(name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Mooring.supervise(
                        Dependency.named("twin").build(),
                        Dependency.named("twin").build()))
                .hasMessage("two dependencies are named twin");
    }

    @Test
    void dependency_that_is_switched_off_is_told_as_disabled_and_refuses_nothing_else() throws Exception {
        Dependency off = Dependency.named("redis").optional().enabled(false).build();
        try (Mooring other = Mooring.supervise(off)) {
            assertThat(other.awaitCritical(Duration.ofSeconds(2))).isTrue();
            assertThat(other.health().dependency("redis").orElseThrow().status())
                    .isEqualTo(Status.DISABLED);
            assertThat(other.health().warnings()).isEmpty();
            assertThat(off.timeInStatuses()).containsOnlyKeys(Status.DISABLED);
        }
    }

    private String refuse() throws IOException {
        throw new ConnectException("Connection refused");
    }
}
