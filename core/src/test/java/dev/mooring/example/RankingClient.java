package dev.mooring.example;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.mooring.Dependency;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls a backend over HTTP, guarded through the core alone; the code of the page docs/how-to/embed-without-a-framework.md. */
final class RankingClient {
    // tag::client
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final URI address;
    private final Dependency ranking;

    private RankingClient(URI address, boolean probed) {
        this.address = address;
        this.ranking = probed ? probed() : unprobed();
    }

    static RankingClient withoutProbe(URI address) {
        return new RankingClient(address, false);
    }
    // end::client

    static RankingClient withProbe(URI address) {
        return new RankingClient(address, true);
    }

    Dependency dependency() {
        return ranking;
    }

    // tag::dependency
    private Dependency unprobed() {
        return Dependency.named("ranking")
                .optional()
                .failures(RankingClient::kindOf)
                .breaker(b -> b.failures(5).recoveryTimeout(Duration.ofSeconds(12)))
                .bulkhead(new Bulkhead.Limits(8, 8, Duration.ofMillis(100)))
                .build();
    }
    // end::dependency

    // tag::call
    List<String> rank(String user) {
        return ranking.call(() -> fetch(user)).orElse(() -> List.of("bestsellers"));
    }

    private List<String> fetch(String user) throws Exception {
        return read(ask("/rank?user=" + user), Deadline.cut(LIMIT));
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        return http.sendAsync(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    private static List<String> read(CompletableFuture<HttpResponse<String>> answer, Duration limit) throws Exception {
        try {
            HttpResponse<String> response = answer.get(limit.toMillis(), MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new StatusException(response.statusCode());
            }
            return response.body().lines().toList();
        } finally {
            answer.cancel(true); // ends the exchange when its time is up; nothing happens when it is over
        }
    }
    // end::call

    // tag::failures
    private static Optional<FailureKind> kindOf(Throwable error) {
        if (error instanceof StatusException answered) {
            boolean theirFault = answered.status >= 500 || answered.status == 429;
            return theirFault ? Optional.of(FailureKind.HTTP_ERROR) : Optional.empty();
        }
        return FailureClassifier.jdk().classify(error);
    }

    static final class StatusException extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        StatusException(int status) {
            super("answered with status " + status);
            this.status = status;
        }
    }
    // end::failures

    // tag::probe
    private Dependency probed() {
        return Dependency.named("ranking")
                .optional()
                .failures(RankingClient::kindOf)
                .probe(this::probe)
                .build();
    }

    private ProbeAnswer probe(ProbeAttempt attempt) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = ask("/rank?user=nobody");
        attempt.onAbandon(() -> answer.cancel(true));
        read(answer, attempt.timeout());
        return ProbeAnswer.well();
    }
    // end::probe
}
