package dev.mooring.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.example.RankingServer.Mood;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.health.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the code of docs/how-to/embed-without-a-framework.md against a server that fails, hangs and comes back. */
@Timeout(60)
class HttpBackendTest {
    private static final List<String> RANKED = List.of("first", "second");
    private static final List<String> FALLBACK = List.of("bestsellers");

    private final RankingServer server = new RankingServer();
    private RankingClient client = RankingClient.withoutProbe(server.address());
    private Mooring mooring = Mooring.supervise(client.dependency());

    @AfterEach
    void close() {
        mooring.close();
        server.close();
    }

    @Test
    void program_of_the_page_runs() throws Exception {
        URI address = server.address();
        // tag::supervise
        RankingClient client = RankingClient.withoutProbe(address);
        try (Mooring mooring = Mooring.supervise(client.dependency())) {
            List<String> ranked = client.rank("ada");
            HealthReport health = mooring.health();
            System.out.println(ranked + ", " + health.overall());
        }
        // end::supervise
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void backend_nobody_called_is_unknown_and_one_that_answers_is_up() {
        assertThat(health().status()).isEqualTo(Status.UNKNOWN);

        assertThat(client.rank("ada")).isEqualTo(RANKED);

        await().until(() -> health().status() == Status.UP);
        assertThat(mooring.health().overall()).isEqualTo(Overall.HEALTHY);
    }

    @Test
    void backend_that_fails_five_times_is_not_called_a_sixth_time_and_the_service_stays_ready() {
        server.is(Mood.FAILING);

        call(20);

        assertThat(server.requests()).as("requests that reached the server").isEqualTo(5);
        await().until(() -> health().status() == Status.DOWN);
        HealthReport report = mooring.health();
        assertThat(report.ready()).isTrue();
        assertThat(report.overall()).isEqualTo(Overall.DEGRADED);
        assertThat(report.warnings().toString()).contains("ranking: down, http_error: answered with status 503");
    }

    @Test
    void refusal_says_who_why_and_when_to_try_again() {
        server.is(Mood.FAILING);
        call(5);

        assertThatThrownBy(() -> client.dependency().call(() -> "never made").get())
                .isInstanceOfSatisfying(DependencyUnavailableException.class, refused -> {
                    assertThat(refused.dependency()).isEqualTo("ranking");
                    assertThat(refused.retryAfter()).isBetween(Duration.ZERO, Duration.ofMillis(1_200));
                    assertThat(refused.lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.HTTP_ERROR);
                })
                .hasMessageMatching(
                        "ranking is not available: its circuit breaker is open since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"
                                + " after 5 failures in a row \\(http_error\\); next attempt in \\d\\.\\d s\\.");
    }

    @Test
    void mistake_of_the_caller_opens_nothing_and_no_fallback_hides_it() {
        server.is(Mood.NOT_FOUND);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> client.rank("nobody")).hasRootCauseInstanceOf(RankingClient.StatusException.class);
        }
        server.is(Mood.WELL);

        assertThat(client.rank("ada")).isEqualTo(RANKED);
        assertThat(client.dependency().breaker().counts().ignored()).isEqualTo(10);
    }

    @Test
    void backend_that_hangs_costs_five_calls_their_limit_and_the_others_nothing() {
        server.is(Mood.HANGING);
        call(5);

        long before = System.nanoTime();
        call(100);
        long each = (System.nanoTime() - before) / 100;

        System.out.println(String.format(
                Locale.ROOT, "measured call to a backend that hangs, refused: %.3f ms (at most 5 ms)", each / 1e6));
        assertThat(Duration.ofNanos(each)).isLessThan(Duration.ofMillis(5));
        assertThat(server.requests()).isEqualTo(5);
        await().until(() -> health().lastFailure().isPresent());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void backend_that_hangs_in_the_middle_of_an_answer_is_bounded_too() {
        server.is(Mood.HANGING_IN_THE_BODY);
        call(5);

        assertThat(client.dependency().breaker().view().state()).isEqualTo(BreakerState.OPEN);
        assertThat(client.dependency().breaker().counts().failed()).containsEntry(FailureKind.RESPONSE_TIMEOUT, 5L);
    }

    @Test
    void backend_that_comes_back_is_found_by_a_trial_call_and_closed_after_three_successes() {
        server.goesAway();
        call(20);
        assertThat(client.dependency().breaker().view().failure().orElseThrow().kind())
                .isEqualTo(FailureKind.CONNECTION_REFUSED);

        server.comesBack();
        long back = System.nanoTime();
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> client.rank("ada").equals(RANKED));
        Duration took = Duration.ofNanos(System.nanoTime() - back);

        System.out.printf(
                "measured first success after the backend is back: %d ms (at most 2000 ms)%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        call(3);
        assertThat(client.dependency().breaker().view().state()).isEqualTo(BreakerState.CLOSED);
        await().until(() -> health().status() == Status.UP);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void backend_that_stays_away_is_asked_by_two_trial_calls_for_each_pause() {
        server.is(Mood.FAILING);
        call(5);

        await().until(() -> {
            client.rank("ada");
            return server.requests() == 7;
        });

        assertThat(client.dependency().breaker().view().state()).isEqualTo(BreakerState.OPEN);
        call(50);
        assertThat(server.requests()).isEqualTo(7);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void backend_with_a_probe_comes_back_without_any_call() throws InterruptedException {
        mooring.close();
        client = RankingClient.withProbe(server.address());
        mooring = Mooring.supervise(client.dependency());
        await().until(() -> health().status() == Status.UP);

        server.goesAway();
        await().until(() -> health().status() == Status.DOWN);
        assertThat(client.rank("ada")).isEqualTo(FALLBACK);

        server.comesBack();
        await().until(() -> health().status() == Status.UP);
        assertThat(client.rank("ada")).isEqualTo(RANKED);
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(client.rank("ada")).isIn(FALLBACK, RANKED);
        }
    }

    private DependencyHealth health() {
        return mooring.health().dependency("ranking").orElseGet(() -> {
            await().until(() -> mooring.health().dependency("ranking").isPresent());
            return mooring.health().dependency("ranking").orElseThrow();
        });
    }
}
