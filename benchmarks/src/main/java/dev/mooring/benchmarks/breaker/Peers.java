package dev.mooring.benchmarks.breaker;

import dev.failsafe.CircuitBreaker;
import dev.mooring.Dependency;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/**
 * Breakers with equal settings: each opens after five failures in a row, as far as its settings can express that, and then
 * stays open.
 */
final class Peers {
    private static final int FAILURES = 5;
    private static final Duration LONG = Duration.ofHours(1);

    private Peers() {}

    /** Ours. Failed calls open it, because the peers have no probe. */
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

    /** It does not count failures in a row; closest to that is a full window of five calls that all failed. */
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
