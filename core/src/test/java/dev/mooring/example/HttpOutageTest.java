package dev.mooring.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.example.RankingServer.Mood;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import dev.mooring.testing.load.LoadRecord;
import dev.mooring.testing.load.SteadyLoad;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A backend without a probe goes away while users ask 200 times a second, with retries: what the outage costs the users, what the
 * retries cost the backend, and how soon all users get answers again. With {@code -Plong-outage} the outage lasts for five minutes,
 * and the recovery timeout is the default.
 */
@Tag("long")
@Timeout(600)
@Tag("alone")
class HttpOutageTest {
    private static final int PER_SECOND = 200;
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 6));
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(Long.getLong("outage.recovery.seconds", 12));
    private static final Duration ALL_ADMITTED = RECOVERY_TIMEOUT.plusSeconds(2);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int FAILURES = 5;
    private static final int CONCURRENT = 8;
    private static final Backoff THREE_ATTEMPTS =
            Backoff.exponential(Duration.ofMillis(20)).cap(LIMIT).deadline(Duration.ofSeconds(3));
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "HANGING"})
    @Execution(ExecutionMode.CONCURRENT)
    void outage_costs_the_first_users_and_no_extra_load_and_ends_within_the_recovery_timeout(Mood mood)
            throws Exception {
        Dependency ranking = ranking(FAILURES);
        try (RankingServer server = new RankingServer();
                Mooring mooring = Mooring.supervise(ranking);
                SteadyLoad load = SteadyLoad.of(PER_SECOND, () -> ask(server, ranking))) {
            awaitCalm(load);
            server.is(mood);
            long away = System.nanoTime();
            int before = server.requests();
            await().pollInterval(Duration.ofMillis(1)).until(() -> !isClosed(ranking));
            long opened = System.nanoTime();
            int paid = server.requests() - before;
            awaitTime(OUTAGE.minusNanos(System.nanoTime() - away));
            int arrived = server.requests() - before;
            long back = System.nanoTime();
            server.is(Mood.WELL);
            await().atMost(ALL_ADMITTED.plusSeconds(5)).until(() -> isClosed(ranking));
            awaitTime(Duration.ofSeconds(1));

            LoadRecord calls = load.stop();
            String what = "http backend without a probe, " + mood.name().toLowerCase(Locale.ROOT);
            LoadRecord during = calls.between(away, back);
            LoadRecord afterwards = calls.between(opened, back);
            int trials = arrived - paid;
            System.out.printf(
                    "measured outage, %s for %d s at %d calls/s: breaker open after %d ms, %d calls reached it before "
                            + "(at most %d), %d trial calls afterwards, %d of the %d others waited more than %d ms%n",
                    what,
                    OUTAGE.toSeconds(),
                    PER_SECOND,
                    Duration.ofNanos(opened - away).toMillis(),
                    paid,
                    FAILURES + CONCURRENT,
                    trials,
                    Math.max(0, afterwards.slowerThan(AT_ONCE) - trials),
                    afterwards.count(),
                    AT_ONCE.toMillis());
            assertThat(paid).isLessThanOrEqualTo(FAILURES + CONCURRENT);
            assertThat(afterwards.slowerThan(AT_ONCE))
                    .as("trial calls, and refusals that were late")
                    .isLessThanOrEqualTo(trials + afterwards.count() / 100);

            assertLoad(what, arrived, during.count());

            Duration first = Duration.ofNanos(calls.from(back).firstSuccess().orElseThrow() - back);
            Duration all = Duration.ofNanos(calls.from(back).lastFailure().orElse(back) - back);
            System.out.printf(
                    "measured end of the outage, %s: first success after %d ms (at most %d ms), all calls admitted after "
                            + "%d ms (at most %d ms)%n",
                    what, first.toMillis(), RECOVERY_TIMEOUT.toMillis(), all.toMillis(), ALL_ADMITTED.toMillis());
            assertThat(first).isLessThanOrEqualTo(RECOVERY_TIMEOUT);
            assertThat(all).isLessThanOrEqualTo(ALL_ADMITTED);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void backend_that_fails_every_third_request_is_asked_at_most_a_tenth_more() throws Exception {
        Dependency ranking = ranking(1_000);
        try (RankingServer server = new RankingServer();
                Mooring mooring = Mooring.supervise(ranking);
                SteadyLoad load = SteadyLoad.of(PER_SECOND, () -> ask(server, ranking))) {
            server.is(Mood.FAILING_EVERY_THIRD);
            await().atMost(Duration.ofSeconds(30)).until(() -> server.requests() > 1_000);

            int calls = load.stop().count();
            assertLoad("http backend, failing every third request", server.requests(), calls);
            assertThat(ranking.retries().exhausted()).as("retries not made").isPositive();
        }
    }

    private static void assertLoad(String what, int arrived, int calls) {
        double each = (double) arrived / calls;
        System.out.printf(
                Locale.ROOT,
                "measured load on the %s: %d requests for %d calls with two retries each, %.2f for one (at most 1.1)%n",
                what,
                arrived,
                calls,
                each);
        assertThat(each).isLessThanOrEqualTo(1.1);
    }

    private static Dependency ranking(int failures) {
        return Dependency.named("ranking")
                .optional()
                .failures(error -> error instanceof UnwellException
                        ? Optional.of(FailureKind.HTTP_ERROR)
                        : FailureClassifier.jdk().classify(error))
                .breaker(breaker -> breaker.failures(failures).recoveryTimeout(RECOVERY_TIMEOUT))
                .bulkhead(new Bulkhead.Limits(CONCURRENT, CONCURRENT, Duration.ofMillis(100)))
                .build();
    }

    private static boolean isClosed(Dependency dependency) {
        return dependency.breaker().view().state() == BreakerState.CLOSED;
    }

    private static String ask(RankingServer server, Dependency ranking) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/rank?user=ada"))
                .timeout(LIMIT)
                .build();
        return ranking.call(() -> answer(request)).retrying(THREE_ATTEMPTS).get();
    }

    private static String answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new UnwellException();
        }
        return response.body();
    }

    private static final class UnwellException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Returns when everything is warm: no call of the last second failed. */
    private static void awaitCalm(SteadyLoad load) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            LoadRecord lastSecond =
                    load.soFar().from(System.nanoTime() - Duration.ofSeconds(1).toNanos());
            return lastSecond.count() > PER_SECOND / 2 && lastSecond.failed() == 0;
        });
    }

    /** Returns when this much time has passed. */
    private static void awaitTime(Duration passes) {
        long begun = System.nanoTime();
        await().atMost(passes.plusSeconds(5)).until(() -> System.nanoTime() - begun >= passes.toNanos());
    }
}
