package dev.mooring.http;

import dev.mooring.http.settings.HttpLimits;
import dev.mooring.time.Deadline;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one attempt of a small call, without breaker and bulkhead. Thread-safe. */
final class Exchange {
    /**
     * The client's own limit is as long as ours, and says whether there was a connection already, so it gets this much longer to say that.
     */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final URI backend;
    private final Client client;
    private final Requests requests;
    private final HttpLimits limits;

    Exchange(URI backend, Client client, Requests requests, HttpLimits limits) {
        this.backend = backend;
        this.client = client;
        this.requests = requests;
        this.limits = limits;
    }

    /**
     * Sends the call and waits for the whole reply, up to its limit, cut to the deadline of the thread.
     *
     * @throws BackendFault the backend answered that it failed
     */
    HttpReply attempt(HttpCall call) throws HttpCallException, BackendFault {
        HttpReply reply = send(call);
        if (BackendFault.isFault(reply.status())) {
            throw new BackendFault(reply);
        }
        checked(reply, call.check());
        return reply;
    }

    /** Sends the call and checks its reply, whatever the status is. */
    void verify(HttpCall call, ReplyCheck check) throws HttpCallException {
        checked(send(call), check);
    }

    /** Throws when the check does not accept the reply. The check is code of the application. */
    static void checked(HttpReply reply, ReplyCheck check) throws UnexpectedReplyException {
        try {
            check.check(reply);
        } catch (RuntimeException unreadable) {
            throw UnexpectedReplyException.unreadable(reply, unreadable);
        }
    }

    private HttpReply send(HttpCall call) throws HttpCallException {
        Ending ending = new Ending(call, backend);
        Duration limit = Deadline.cut(call.limit().orElse(limits.response()));
        if (limit.toMillis() == 0) {
            throw ending.withoutTime();
        }
        var body = call.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.begin(requests.of(call, body).timeout(limit).build(), head -> new WholeBody(call.mostBytes()));
        try {
            HttpResponse<byte[]> response = answer.get(limit.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
            return new HttpReply(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException late) {
            throw ending.late(limit);
        } catch (InterruptedException interrupt) {
            throw ending.interrupted(interrupt);
        } catch (ExecutionException failed) {
            throw ending.failed(failed);
        } catch (CancellationException closed) {
            throw ending.closed(closed);
        } finally {
            // Closes the connection of a call that has not ended; nothing happens to one that has.
            answer.cancel(true);
        }
    }
}
