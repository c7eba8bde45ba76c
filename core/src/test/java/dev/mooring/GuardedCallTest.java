package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void fallback_doesNotSwallowAnInterrupt() {
        assertThatThrownBy(() -> ranking.call(() -> {
                            throw new InterruptedException();
                        })
                        .orElse(() -> "stale"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("the thread's flag").isTrue();
    }

    @Test
    void refusal_thatWasSerialized_saysWhatItSaidBefore() throws Exception {
        for (int i = 0; i < 5; i++) {
            ranking.call(this::refuse).orElse(() -> "stale");
        }
        DependencyUnavailableException refusal =
                catchThrowableOfType(DependencyUnavailableException.class, () -> ranking.call(() -> "best")
                        .get());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        DependencyUnavailableException copy = (DependencyUnavailableException) in.readObject();

        assertThat(copy)
                .hasMessageMatching(
                        "ranking is not available: its circuit breaker is open since \\S+ after 5 failures in a row"
                                + " \\(connection_refused\\); next attempt in \\d+\\.\\d s\\.");
        assertThat(copy.dependency()).isEqualTo("ranking");
        assertThat(copy.state()).isEqualTo(refusal.state());
        assertThat(copy.since()).isEqualTo(refusal.since());
        assertThat(copy.retryAfter()).isPositive();
        assertThat(copy.lastFailure()).isEmpty();
    }

    @Test
    void ticket_takenByHand_countsItsWordOnceAndFreesItsPlaceWhenClosed() {
        Ticket ticket = ranking.begin();
        assertThat(ranking.bulkhead().running()).isOne();
        assertThatThrownBy(ranking::begin).isInstanceOf(DependencySaturatedException.class);
        ticket.succeeded();
        ticket.failed(new ConnectException("too late"));
        ticket.close();
        ticket.close();
        assertThat(ranking.bulkhead().running()).isZero();
        assertThat(ranking.breaker().counts().succeeded()).isOne();
        assertThat(ranking.breaker().counts().failures()).isZero();
    }

    @Test
    void ticket_closedWithoutAWord_saysNothingAboutTheDependency() {
        ranking.begin().close();
        assertThat(ranking.breaker().counts().ignored()).isOne();
    }

    @Test
    void dependency_isSupervisedByOneMooringOnly() {
        Dependency other = Dependency.named("other").build();
        assertThatThrownBy(() -> Mooring.supervise(other, ranking))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ranking is supervised already");
        assertThat(ranking.call(() -> "best").orElse(() -> "refused")).isEqualTo("best");
        try (Mooring next = Mooring.supervise(other)) {
            assertThat(other.call(() -> "free").orElse(() -> "refused"))
                    .as("what was begun was undone")
                    .isEqualTo("free");
        }
    }

    @Test
    void retry_waitsOnTheClockOfItsDependency() throws Exception {
        ManualTime clock = new ManualTime();
        AtomicInteger made = new AtomicInteger();
        Dependency slow = Dependency.named("slow")
                .time(Time.of(clock.wall(), clock.monotonic()))
                .build();
        try (Mooring supervised = Mooring.supervise(slow)) {
            Future<String> result = CompletableFuture.supplyAsync(() -> slow.call(() -> {
                        if (made.incrementAndGet() < 2) {
                            throw new ConnectException("Connection refused");
                        }
                        return "best";
                    })
                    .retrying(new Backoff(2, Duration.ofHours(1), 1, Duration.ofHours(1), 0, Duration.ofHours(5)))
                    .orElse(() -> "stale"));
            await().until(() -> made.get() == 1);
            assertThat(result.isDone()).isFalse();
            await().until(() -> {
                clock.advance(Duration.ofMinutes(10));
                return result.isDone();
            });
            assertThat(result.get()).isEqualTo("best");
        }
    }
}
