package dev.mooring.http;

import dev.mooring.http.settings.HttpLimits;
import dev.mooring.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes one call whose bodies are streams, without breaker and bulkhead. Each wait has a limit and the whole has none: a connect, the time in
 * which no byte moves, and the time from the end of the request to the head of the reply, which is cut to the deadline of the thread.
 * Thread-safe.
 */
final class Streaming {
    private static final int PART = 16 * 1024;

    private final URI backend;
    private final Client client;
    private final Requests requests;
    private final HttpLimits limits;

    Streaming(URI backend, Client client, Requests requests, HttpLimits limits) {
        this.backend = backend;
        this.client = client;
        this.requests = requests;
        this.limits = limits;
    }

    /** Sends a call whose body, if it has one, is in memory. Returns when the head of the reply is here. */
    Head open(HttpCall call) throws HttpCallException {
        Ending ending = new Ending(call, backend);
        if (Deadline.cut(limits.response()).toMillis() == 0) {
            throw ending.withoutTime();
        }
        BodyPublisher body = call.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
        Opened answer = begin(call, body);
        return head(answer, ending, call.limit().orElse(limits.response()).plus(limits.connect()));
    }

    /**
     * Sends a call with the body from {@code content}, read on this thread. Returns when the head of the reply is
     * here. The client looks for it after the whole body; a backend that answers before is heard if it then closes the connection.
     *
     * @throws IOException what {@code content} threw, or a {@link HttpCallException}
     */
    Head open(HttpCall call, InputStream content, long length) throws IOException {
        Ending ending = new Ending(call, backend);
        BodyPump pump = new BodyPump(length);
        Opened answer = begin(call, pump);
        var unused = answer.exchange().whenComplete((reply, error) -> pump.end());
        var unusedToo = answer.head().whenComplete((reply, error) -> pump.end());
        boolean sent = false;
        try {
            send(content, pump, ending);
            sent = true;
        } finally {
            if (!sent) {
                cancel(answer);
            }
        }
        return head(answer, ending, call.limit().orElse(limits.response()));
    }

    private Opened begin(HttpCall call, BodyPublisher body) {
        CompletableFuture<Head> head = new CompletableFuture<>();
        CompletableFuture<HttpResponse<BodyStream>> exchange =
                client.begin(requests.of(call, body).build(), arrived -> {
                    BodyStream stream = new BodyStream(limits.idle());
                    head.complete(new Head(arrived.statusCode(), arrived.headers(), stream));
                    return stream;
                });
        var unused = exchange.whenComplete((reply, error) -> {
            if (error != null) {
                Throwable cause =
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
                head.completeExceptionally(cause);
                // With a head that it cannot read to the end, such as a length that is no number, the client leaves the
                // body waiting.
                var unusedToo = head.thenAccept(arrived -> arrived.body().onError(cause));
            }
        });
        return new Opened(exchange, head);
    }

    /**
     * The head of a reply, and its body as it arrives.
     *
     * @param status the status code
     * @param headers all headers
     * @param body the body
     */
    record Head(int status, HttpHeaders headers, BodyStream body) {}

    /**
     * A call that has begun. The client's own future completes two threads later than the head arrives.
     *
     * @param exchange the call; to cancel it closes its connection
     * @param head the head of its reply
     */
    private record Opened(CompletableFuture<HttpResponse<BodyStream>> exchange, CompletableFuture<Head> head) {}

    private void send(InputStream content, BodyPump pump, Ending ending) throws IOException {
        Duration patience = limits.idle().plus(limits.connect());
        byte[] part = new byte[PART];
        while (isWanted(pump, patience, ending)) {
            int count = content.read(part);
            if (count < 0) {
                pump.complete();
                return;
            }
            // The connection keeps what it gets.
            pump.send(ByteBuffer.wrap(part, 0, count));
            part = new byte[PART];
            patience = limits.idle();
        }
    }

    private static boolean isWanted(BodyPump pump, Duration patience, Ending ending) throws HttpCallException {
        try {
            return pump.awaitDemand(patience);
        } catch (TimeoutException late) {
            throw ending.unknown(new SocketTimeoutException(
                    "the backend took no byte of the request for " + patience.toMillis() + " ms"));
        } catch (InterruptedException interrupt) {
            throw ending.interrupted(interrupt);
        }
    }

    private static Head head(Opened answer, Ending ending, Duration most) throws HttpCallException {
        Duration limit = Deadline.cut(most);
        boolean arrived = false;
        try {
            Head head = answer.head().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            arrived = true;
            return head;
        } catch (TimeoutException late) {
            throw ending.late(limit);
        } catch (InterruptedException interrupt) {
            throw ending.interrupted(interrupt);
        } catch (ExecutionException failed) {
            throw ending.failed(failed);
        } catch (CancellationException closed) {
            throw ending.closed(closed);
        } finally {
            if (!arrived) {
                cancel(answer);
            }
        }
    }

    /** A reply that arrives in the same moment would hold its connection. */
    private static void cancel(Opened answer) {
        answer.exchange().cancel(true);
        var unused = answer.head().thenAccept(head -> head.body().close());
    }
}
