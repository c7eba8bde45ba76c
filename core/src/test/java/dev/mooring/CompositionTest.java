package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.retry.Backoff;
import dev.mooring.time.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fallback, deadline, retry, bulkhead and breaker together, and calls that answer later. */
@Timeout(30)
class CompositionTest {
    private static final Backoff QUICK =
            Backoff.exponential(Duration.ofMillis(1)).factor(1);

    private final Dependency ranking = Dependency.named("ranking")
            .optional()
            .breaker(b -> b.failures(100))
            .bulkhead(new Bulkhead.Limits(2, 0, Duration.ZERO))
            .build();
    private final Mooring mooring = Mooring.supervise(ranking);
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() {
        mooring.close();
    }

    @Test
    void retry_makes_the_call_again_and_each_attempt_is_counted() throws Exception {
        String result = ranking.call(() -> {
                    if (made.incrementAndGet() < 3) {
                        throw new ConnectException("Connection refused");
                    }
                    return "best";
                })
                .retrying(QUICK)
                .get();
        assertThat(result).isEqualTo("best");
        assertThat(ranking.breaker().counts().failures()).isEqualTo(2);
        assertThat(ranking.retries().failed()).as("the second attempt").isOne();
        assertThat(ranking.retries().succeeded()).as("the third attempt").isOne();
    }

    @Test
    void retries_end_where_the_budget_ends() {
        for (int i = 0; i < 90; i++) {
            ranking.call(this::refuse).retrying(QUICK).orElse(() -> "stale");
        }
        assertThat(made.get()).as("90 calls and at most 10 retries").isLessThanOrEqualTo(100);
        assertThat(ranking.retries().exhausted()).isPositive();
        assertThat(ranking.retries().failed()).isEqualTo(made.get() - 90L);
    }

    @Test
    void refused_call_is_not_tried_again() {
        for (int i = 0; i < 100; i++) {
            ranking.call(this::refuse).orElse(() -> "stale");
        }
        int before = made.get();
        assertThatThrownBy(() -> ranking.call(this::refuse).retrying(QUICK).get())
                .isInstanceOf(DependencyUnavailableException.class);
        assertThat(made.get()).isEqualTo(before);
    }

    @Test
    void deadline_is_seen_by_the_call_and_bounds_the_attempts() {
        Backoff slow =
                Backoff.exponential(Duration.ofMillis(40)).factor(1).jitter(0).attempts(50);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> ranking.call(() -> {
                            assertThat(Deadline.current()).isPresent();
                            return refuse();
                        })
                        .within(Duration.ofMillis(100))
                        .retrying(slow)
                        .get())
                .isInstanceOf(ConnectException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(Deadline.current()).isEmpty();
    }

    @Test
    void call_that_answers_later_keeps_its_place_until_then() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> one = ranking.callAsync(() -> first);
        CompletableFuture<String> two = ranking.callAsync(() -> second);

        assertThat(ranking.callAsync(() -> CompletableFuture.completedFuture("third")))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(DependencySaturatedException.class);
        first.complete("best");
        second.completeExceptionally(new ConnectException("Connection refused"));

        assertThat(one).isCompletedWithValue("best");
        assertThat(two).isCompletedExceptionally();
        assertThat(ranking.breaker().counts().succeeded()).isOne();
        assertThat(ranking.breaker().counts().failures()).isOne();
        assertThat(ranking.callAsync(() -> CompletableFuture.completedFuture("third")))
                .isCompletedWithValue("third");
    }

    @Test
    void cancelled_call_says_nothing_against_the_dependency_and_frees_its_place() {
        CompletableFuture<String> inner = new CompletableFuture<>();
        CompletableFuture<String> outer = ranking.callAsync(() -> inner);
        outer.cancel(true);
        assertThat(inner).isCancelled();
        assertThat(ranking.breaker().counts().failures()).isZero();
        assertThat(ranking.breaker().counts().ignored()).isOne();
    }

    @Test
    void call_that_fails_before_it_answers_is_a_failed_answer() {
        CompletableFuture<String> failed = ranking.callAsync(() -> {
            throw new ConnectException("Connection refused");
        });
        assertThatThrownBy(failed::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(ranking.breaker().counts().failures()).isOne();
    }

    private String refuse() throws IOException {
        made.incrementAndGet();
        throw new ConnectException("Connection refused");
    }
}
