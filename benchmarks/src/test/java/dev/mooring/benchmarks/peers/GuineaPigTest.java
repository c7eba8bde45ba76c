package dev.mooring.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.MooringException;
import dev.mooring.probe.ProbeAnswer;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counts how many calls of users each library sends to a dead backend to find out whether it is back. */
@Timeout(60)
class GuineaPigTest {
    private static final Duration OUTAGE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final AtomicBoolean dead = new AtomicBoolean(true);
    private final AtomicInteger victims = new AtomicInteger();

    @Test
    void failsafe_sends_users_after_each_delay() {
        FailsafeExecutor<String> executor = Failsafe.with(CircuitBreaker.<String>builder()
                .withFailureThreshold(5)
                .withDelay(PAUSE)
                .build());
        int sent = usersSentIn(OUTAGE, "failsafe", () -> {
            try {
                executor.get(this::backend);
            } catch (CircuitBreakerOpenException spared) {
                // refused without a call
            }
        });
        assertThat(sent).isGreaterThan(10);
    }

    @Test
    void resilience4j_sends_users_after_each_delay() {
        Callable<String> guarded = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                        "backend",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(5)
                                .minimumNumberOfCalls(5)
                                .waitDurationInOpenState(PAUSE)
                                .build())
                .decorateCallable(this::backend);
        int sent = usersSentIn(OUTAGE, "resilience4j", () -> {
            try {
                guarded.call();
            } catch (CallNotPermittedException spared) {
                // refused without a call
            }
        });
        assertThat(sent).isGreaterThan(10);
    }

    @Test
    void mooring_sends_a_probe_and_no_user() {
        dead.set(false);
        Dependency dependency = Dependency.named("backend")
                .probe(attempt -> {
                    if (dead.get()) {
                        throw new ConnectException("Connection refused");
                    }
                    return ProbeAnswer.well();
                })
                .build();
        try (Mooring mooring = Mooring.supervise(dependency)) {
            await().until(() -> mooring.health().ready());
            dead.set(true);
            dependency.probeSoon();
            await().until(() -> dependency.breaker().view().state() == BreakerState.OPEN);
            int sent = usersSentIn(OUTAGE, "mooring", () -> {
                try {
                    dependency.call(this::backend).get();
                } catch (MooringException spared) {
                    // refused without a call
                }
            });
            assertThat(sent).isZero();

            dead.set(false);
            await().atMost(Duration.ofSeconds(5)).until(() -> mooring.health().ready());
        }
    }

    private String backend() throws ConnectException {
        if (dead.get()) {
            victims.incrementAndGet();
            throw new ConnectException("Connection refused");
        }
        return "well";
    }

    /** Makes the call of a user every 10 ms, and returns how many reached the dead backend after the breaker had opened. */
    private int usersSentIn(Duration howLong, String library, Call call) {
        int[] calls = {0};
        for (int i = 0; i < 5; i++) {
            make(call);
        }
        int before = victims.get();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(howLong.plusSeconds(20))
                .until(() -> {
                    make(call);
                    return ++calls[0] * 10L >= howLong.toMillis();
                });
        int sent = victims.get() - before;
        System.out.println("measured users sent to a dead backend by " + library + " in " + howLong + ": " + sent);
        return sent;
    }

    private static void make(Call call) {
        try {
            call.make();
        } catch (Exception failed) {
            // a user who was sent to the dead backend
        }
    }

    @FunctionalInterface
    private interface Call {
        void make() throws Exception;
    }
}
