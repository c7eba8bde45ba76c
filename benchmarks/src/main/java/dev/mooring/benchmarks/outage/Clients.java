package dev.mooring.benchmarks.outage;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends requests at fixed rates, whether or not earlier ones were answered, and notes what became of each. */
final class Clients {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String server;
    private final int port;
    private final long begun = System.nanoTime();
    /** Guarded by its own lock; each request adds the future of its reply. */
    private final List<CompletableFuture<Reply>> replies = new ArrayList<>();

    Clients(String server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Sends for so long; returns when the last request has ended. */
    List<Reply> run(String work, String health, Duration lasts) throws InterruptedException {
        ScheduledExecutorService rate = Executors.newScheduledThreadPool(2);
        Future<?> calls = rate.scheduleAtFixedRate(() -> send("call", work), 0, 200, TimeUnit.MILLISECONDS);
        Future<?> questions = rate.scheduleAtFixedRate(() -> send("health", health), 100, 500, TimeUnit.MILLISECONDS);
        Thread.sleep(lasts.toMillis());
        calls.cancel(false);
        questions.cancel(false);
        rate.shutdown();
        if (!rate.awaitTermination(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the requests do not end");
        }
        synchronized (replies) {
            return replies.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparingDouble(Reply::atMillis))
                    .toList();
        }
    }

    private void send(String what, String path) {
        double at = millis();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        CompletableFuture<Reply> reply = client.sendAsync(request, BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .exceptionally(unanswered -> 0)
                .thenApply(status -> new Reply(server, what, at, millis() - at, status));
        synchronized (replies) {
            replies.add(reply);
        }
    }

    private double millis() {
        return (System.nanoTime() - begun) / 1e6;
    }
}
