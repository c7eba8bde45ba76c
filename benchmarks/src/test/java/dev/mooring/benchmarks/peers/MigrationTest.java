package dev.mooring.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.failsafe.RetryPolicy;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.retry.Backoff;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of the pages about the migration from resilience4j and from Failsafe, before and after, on the same backend. */
@Timeout(30)
class MigrationTest {
    private static final List<String> BESTSELLERS = List.of("bestsellers");

    private int asked;

    @Test
    void resilience4j_before() {
        // tag::resilience4j
        var breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "ranking",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(20)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(60))
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .ignoreExceptions(IllegalArgumentException.class)
                        .build());

        List<String> ranked;
        try {
            ranked = breaker.executeCallable(() -> rank("ada"));
        } catch (Exception refusedOrFailed) {
            ranked = List.of("bestsellers");
        }
        // end::resilience4j
        assertThat(ranked).isEqualTo(BESTSELLERS);
        for (int i = 1; i < 20; i++) {
            assertThatThrownBy(() -> breaker.executeCallable(() -> rank("ada"))).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> breaker.executeCallable(() -> rank("ada")))
                .isInstanceOf(CallNotPermittedException.class);
        assertThat(asked).isEqualTo(20);
    }

    @Test
    void resilience4j_after() {
        // tag::from-resilience4j
        Dependency ranking = Dependency.named("ranking")
                .optional()
                .breaker(b -> b.failureRate(0.5, 20)
                        .recoveryTimeout(Duration.ofSeconds(60))
                        .successes(3))
                .failures(error -> error instanceof IllegalArgumentException
                        ? Optional.empty()
                        : FailureClassifier.jdk().classify(error))
                .build();
        Mooring mooring = Mooring.supervise(ranking); // once, for all dependencies of the program

        List<String> ranked = ranking.call(() -> rank("ada")).orElse(() -> List.of("bestsellers"));
        // end::from-resilience4j
        try (mooring) {
            assertThat(ranked).isEqualTo(BESTSELLERS);
            assertOpensAfterFive(ranking);
            assertThatThrownBy(() -> ranking.call(() -> rank("ada")).get())
                    .isInstanceOf(DependencyUnavailableException.class);
        }
    }

    /** What the page says for those who want the moment of before. */
    @Test
    void resilience4j_after_withAsManyFailuresInARowAsTheWindowHas_opensWhenItDidBefore() {
        Dependency ranking = Dependency.named("ranking")
                .breaker(b -> b.failures(20).failureRate(0.5, 20))
                .build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            for (int i = 0; i < 30; i++) {
                ranking.call(() -> rank("ada")).orElse(() -> BESTSELLERS);
            }
            assertThat(asked).isEqualTo(20);
            assertThat(mooring.health().dependency("ranking")).isPresent();
        }
    }

    /** The calls that the tables of both pages name, with their types. */
    @Test
    void calls_thatTheTablesName_exist() throws Exception {
        String who = "night shift";
        String why = "upgrade";
        Duration lasts = Duration.ofMinutes(30);
        int concurrent = 8;
        int waiting = 8;
        Duration patience = Duration.ofMillis(100);
        Dependency ranking = Dependency.named("ranking")
                .bulkhead(new Bulkhead.Limits(concurrent, waiting, patience))
                .build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            ranking.operator().open(new OperatorAct(who, why, lasts));
            assertThat(ranking.breaker().view().state()).isEqualTo(BreakerState.FORCED_OPEN);
            assertThat(ranking.breaker().view().retryAfter()).isPresent();
            assertThatThrownBy(ranking::acquire).isInstanceOf(DependencyUnavailableException.class);
            ranking.operator().bypass(new OperatorAct(who, why, lasts));
            assertThat(ranking.breaker().view().state()).isEqualTo(BreakerState.BYPASSED);
            ranking.operator().close();
            ranking.operator().reset();
            assertThat(ranking.callAsync(() -> CompletableFuture.completedFuture("ada"))
                            .join())
                    .isEqualTo("ada");
            assertThat(ranking.breaker().counts().failures()).isZero();
            assertThat(ranking.breaker().timeInStates()).isNotNull();
            assertThat(mooring.dependency("ranking")).isPresent();
        }
    }

    @Test
    void mistakeOfTheCaller_countsInNeither() {
        Dependency ranking = Dependency.named("ranking")
                .failures(error -> error instanceof IllegalArgumentException
                        ? Optional.empty()
                        : FailureClassifier.jdk().classify(error))
                .build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> ranking.call(() -> rank("")).get())
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(mooring.dependency("ranking")
                            .orElseThrow()
                            .breaker()
                            .counts()
                            .failures())
                    .isZero();
        }
    }

    @Test
    void failsafe_before() {
        // tag::failsafe
        RetryPolicy<List<String>> retries = RetryPolicy.<List<String>>builder()
                .withMaxAttempts(3)
                .withBackoff(Duration.ofMillis(10), Duration.ofMillis(100), 2)
                .withJitter(0.2)
                .build();
        CircuitBreaker<List<String>> breaker = CircuitBreaker.<List<String>>builder()
                .withFailureThreshold(5)
                .withDelay(Duration.ofSeconds(60))
                .withSuccessThreshold(3)
                .build();
        FailsafeExecutor<List<String>> executor = Failsafe.with(Fallback.of(List.of("bestsellers")), retries, breaker);

        List<String> ranked = executor.get(() -> rank("ada"));
        // end::failsafe
        assertThat(ranked).isEqualTo(BESTSELLERS);
        assertThat(asked).isEqualTo(3);
        assertThat(executor.get(() -> rank("ada"))).isEqualTo(BESTSELLERS);
        assertThat(asked).isEqualTo(5);
        assertThatThrownBy(() -> Failsafe.with(breaker).get(() -> rank("ada")))
                .isInstanceOf(CircuitBreakerOpenException.class);
    }

    @Test
    void failsafe_after() {
        // tag::from-failsafe
        Dependency ranking = Dependency.named("ranking")
                .optional()
                .breaker(b ->
                        b.failures(5).recoveryTimeout(Duration.ofSeconds(60)).successes(3))
                .build();
        Mooring mooring = Mooring.supervise(ranking); // once, for all dependencies of the program
        Backoff retries = Backoff.exponential(Duration.ofMillis(10))
                .cap(Duration.ofMillis(100))
                .deadline(Duration.ofSeconds(1));

        List<String> ranked = ranking.call(() -> rank("ada")).retrying(retries).orElse(() -> List.of("bestsellers"));
        // end::from-failsafe
        try (mooring) {
            assertThat(ranked).isEqualTo(BESTSELLERS);
            assertThat(asked).isEqualTo(3);
            assertOpensAfterFive(ranking);
        }
    }

    private void assertOpensAfterFive(Dependency ranking) {
        for (int i = 0; i < 10; i++) {
            assertThat(ranking.call(() -> rank("ada")).orElse(() -> BESTSELLERS))
                    .isEqualTo(BESTSELLERS);
        }
        assertThat(asked).isEqualTo(5);
        assertThat(ranking.breaker().view().state()).isEqualTo(BreakerState.OPEN);
    }

    private List<String> rank(String user) throws IOException {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("no user");
        }
        asked++;
        throw new IOException("the backend is away");
    }
}
