package dev.mooring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final Backoff FIVE_ATTEMPTS =
            Backoff.exponential(Duration.ofSeconds(2)).jitter(0).attempts(5).deadline(Duration.ofMinutes(2));

    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Retry retry = Retry.with(FIVE_ATTEMPTS, FailureClassifier.jdk())
            .on(time.sleeping(wait -> {
                waits.add(wait);
                clock.advance(wait);
            }));

    @Test
    void transient_failure_is_tried_again_and_each_attempt_is_told_with_the_next_delay() throws Exception {
        String result = retry.run(
                attempt -> {
                    if (attempt < 3) {
                        throw new ConnectException("Connection refused");
                    }
                    return "connected";
                },
                (attempt, attempts, error, kind, next) -> told.add(
                        attempt + " of " + attempts + " " + kind.orElseThrow().code() + " " + next.orElseThrow()));

        assertThat(result).isEqualTo("connected");
        assertThat(told).containsExactly("1 of 5 connection_refused PT2S", "2 of 5 connection_refused PT4S");
    }

    @Test
    void attempts_are_used_up_and_the_last_error_comes_out() {
        assertThatThrownBy(() -> retry.run(attempt -> {
                    throw new ConnectException("attempt " + attempt);
                }))
                .isInstanceOf(ConnectException.class)
                .hasMessage("attempt 5");
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L);
    }

    @Test
    void permanent_failure_ends_it_at_once() {
        assertThatThrownBy(() -> retry.run(attempt -> {
                    throw new SSLException("no TLS");
                }))
                .isInstanceOf(SSLException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void permanent_failure_is_waited_for_when_asked() {
        Retry patient = retry.waitingFor(kind -> kind == FailureKind.TLS_FAILED);
        assertThatThrownBy(() -> patient.run(attempt -> {
                    throw new SSLException("no TLS yet");
                }))
                .isInstanceOf(SSLException.class);
        assertThat(waits).hasSize(4);
    }

    @Test
    void no_attempt_begins_after_the_callers_deadline() {
        try (Deadline.Scope scope = Deadline.in(Duration.ofSeconds(5), time).open()) {
            assertThatThrownBy(() -> retry.run(attempt -> {
                        throw new ConnectException("Connection refused");
                    }))
                    .isInstanceOf(ConnectException.class);
        }
        assertThat(waits).as("2 s fit into 5 s, 4 more do not").containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void interrupt_ends_a_real_wait() {
        Retry real = Retry.with(Backoff.exponential(Duration.ofSeconds(1)), FailureClassifier.jdk());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> real.run(attempt -> {
                    throw new ConnectException("Connection refused");
                }))
                .isInstanceOf(InterruptedException.class);
    }
}
