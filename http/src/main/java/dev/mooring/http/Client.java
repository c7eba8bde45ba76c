package dev.mooring.http;

import java.lang.reflect.InvocationTargetException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * The JDK's client with the connections of one backend. HTTP/1.1, no proxy, no redirects, no cookies. {@link #renew} leaves its idle
 * connections behind. Thread-safe.
 */
final class Client implements AutoCloseable {
    /** The tasks of the client never block but for a name lookup, so a few threads serve any number of calls. */
    private static final int THREADS = 8;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

    /** How the JDK's names of the threads end that wait for all connections of a client. */
    private static final String SELECTOR = "-SelectorManager";

    private final ThreadPoolExecutor threads;
    private final boolean plain;
    private final SSLContext trust;
    private final Duration connectLimit;

    /** Calls that have no reply yet; {@link #close} ends them. */
    private final Map<Long, CompletableFuture<?>> running = new ConcurrentHashMap<>();

    private final AtomicLong begun = new AtomicLong();

    /** The client of new calls. Volatile: each call reads it, an outage replaces it. */
    private volatile HttpClient current;

    /** Set once, by {@link #close}; each call reads it. */
    private volatile boolean closed;

    /** @param plain whether the connections are without TLS */
    Client(String name, SSLContext trust, Duration connectLimit, boolean plain) {
        this.plain = plain;
        this.threads = threads("mooring-http-" + name + "-");
        this.trust = trust;
        this.connectLimit = connectLimit;
        this.current = open();
    }

    private static ThreadPoolExecutor threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, prefix + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * What the client's own thread hands over it also runs, because no task of a reply blocks, and each change of the thread costs a call about
     * 0.1 ms. All else goes to the threads of the pool: a name lookup blocks, and a handshake takes long.
     */
    private void run(Runnable task) {
        if (plain && Thread.currentThread().getName().endsWith(SELECTOR)) {
            task.run();
        } else {
            threads.execute(task);
        }
    }

    private HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.of(null))
                .connectTimeout(connectLimit)
                .sslContext(trust)
                .executor(this::run)
                .build();
    }

    /**
     * Begins a call. To cancel the future closes the call's connection.
     *
     * @throws IllegalStateException the backend is closed
     */
    <T> CompletableFuture<HttpResponse<T>> begin(HttpRequest request, BodyHandler<T> handler) {
        refuseIfClosed();
        CompletableFuture<HttpResponse<T>> call = current.sendAsync(request, handler);
        long number = begun.incrementAndGet();
        running.put(number, call);
        var unused = call.whenComplete((reply, error) -> running.remove(number));
        if (closed) {
            // It was closed in between, and may not have seen this call.
            call.cancel(true);
        }
        return call;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
    }

    /** Gives new calls new connections. Calls that run keep theirs. */
    void renew() {
        HttpClient before = current;
        current = open();
        // Ends when its calls have ended; before JDK 21, once it is garbage.
        end(before, "shutdown");
    }

    /** Ends the calls that run, and all threads. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(call -> call.cancel(true));
        end(current, "shutdownNow");
        threads.shutdown();
    }

    /** Calls a method that JDK 21 added, where there is one. */
    private static void end(HttpClient client, String method) {
        try {
            HttpClient.class.getMethod(method).invoke(client);
        } catch (NoSuchMethodException olderJdk) {
            return;
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException("a client of HTTP does not end", failed);
        }
    }
}
