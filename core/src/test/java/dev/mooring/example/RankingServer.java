package dev.mooring.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The backend: an HTTP server that answers, fails, hangs, goes away and comes back, as a test wants it. */
final class RankingServer implements AutoCloseable {
    static {
        // Else each answer waits 40 ms for the client's acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "ranking-server");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger requests = new AtomicInteger();
    private final InetSocketAddress address;
    private volatile Mood mood = Mood.WELL;
    private CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;

    enum Mood {
        WELL,
        FAILING,
        FAILING_EVERY_THIRD,
        NOT_FOUND,
        HANGING,
        HANGING_IN_THE_BODY
    }

    RankingServer() {
        server = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    int requests() {
        return requests.get();
    }

    void is(Mood other) {
        mood = other;
        CountDownLatch before = released;
        released = new CountDownLatch(1);
        before.countDown();
    }

    void goesAway() {
        is(Mood.WELL);
        server.stop(0);
    }

    void comesBack() {
        server = start(address);
    }

    @Override
    public void close() {
        goesAway();
        threads.shutdownNow();
    }

    private HttpServer start(InetSocketAddress where) {
        try {
            HttpServer started = HttpServer.create(where, 0);
            started.setExecutor(threads);
            started.createContext("/rank", this::answer);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        int request = requests.incrementAndGet();
        try (exchange) {
            switch (mood) {
                case WELL -> send(exchange, 200);
                case FAILING -> send(exchange, 503);
                case FAILING_EVERY_THIRD -> send(exchange, request % 3 == 0 ? 503 : 200);
                case NOT_FOUND -> send(exchange, 404);
                case HANGING -> hang();
                case HANGING_IN_THE_BODY -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    hang();
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status) throws IOException {
        byte[] body = "first\nsecond\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void hang() {
        try {
            if (!released.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the request");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
