package dev.mooring.benchmarks.breaker;

import dev.failsafe.CircuitBreaker;
import dev.mooring.Dependency;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/** Breakers that are set alike: each opens after five failures in a row, as far as it can say so, and then stays open. */
final class Peers {
    private static final int FAILURES = 5;
    private static final Duration LONG = Duration.ofHours(1);

    private Peers() {}

    /** Ours; opens by failures of calls, because the peers have no probe. */
    static Dependency mooring() {
        return Dependency.named("backend")
                .optional()
                .breaker(breaker -> breaker.failures(FAILURES).recoveryTimeout(LONG))
                .build();
    }

    static CircuitBreaker<Object> failsafe() {
        return CircuitBreaker.builder()
                .withFailureThreshold(FAILURES)
                .withDelay(LONG)
                .build();
    }

    /** It has no count of failures in a row: a full window of five that all failed is the nearest. */
    static io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j() {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "backend",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(FAILURES)
                        .minimumNumberOfCalls(FAILURES)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(LONG)
                        .build());
    }
}
