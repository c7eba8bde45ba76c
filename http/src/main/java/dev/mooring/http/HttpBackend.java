package dev.mooring.http;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.GuardedCall;
import dev.mooring.Ticket;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.MooringException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Examination;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A supervised backend over HTTP/1.1: a {@link Dependency} to hand to {@link dev.mooring.Mooring}, and calls that are refused at once while
 * the backend is down. Building one touches no network. Thread-safe.
 *
 * <pre>{@code
 * try (HttpBackend ranking = HttpBackend.with(settings).probe(HttpProbe.get("/rank?user=probe")).build();
 *         Mooring mooring = Mooring.supervise(ranking.dependency())) {
 *     HttpReply reply = ranking.send(HttpCall.get("/rank").query("user", "ada").repeatable());
 * }
 * }</pre>
 *
 * <p>Each call takes a place in the bulkhead, which has as many places as the backend may have connections, and a permit of the breaker.
 * A status of 429, or of 500 and more but 501, and a broken or late exchange are the backend's fault; with a probe they make the supervisor
 * ask, without one they open the breaker.
 */
public final class HttpBackend implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The limit of one layer of a diagnosis. */
    private static final Duration LAYER_LIMIT = Duration.ofSeconds(2);

    private final HttpSettings settings;
    private final Client client;
    private final Exchange exchange;
    private final Streaming streaming;
    private final Dependency dependency;

    HttpBackend(HttpBackendBuilder plan) {
        settings = plan.settings();
        URI address = settings.address();
        SSLContext trust = Trust.context(settings.authorities());
        boolean plain = address.getScheme().equalsIgnoreCase("http");
        client = new Client(settings.name(), trust, settings.limits().connect(), plain);
        Authorization authorization = new Authorization(settings.name(), settings.credentials());
        Requests requests = new Requests(address, authorization);
        exchange = new Exchange(address, client, requests, settings.limits());
        streaming = new Streaming(address, client, requests, settings.limits());
        DependencyBuilder builder = Dependency.named(settings.name())
                .enabled(settings.enabled())
                .failures(HttpFailures.INSTANCE)
                .timing(settings.timing())
                .breaker(standard -> settings.breaker())
                .bulkhead(new Bulkhead.Limits(settings.connections(), settings.connections(), PATIENCE))
                .examination(() ->
                        new HttpExamination(settings, plan.probe(), plan.probe().isPresent(), LAYER_LIMIT));
        plan.probe().ifPresent(probe -> builder.probe(
                        new BackendProbe(probe, address, authorization, trust, settings.limits()))
                .recovery(new ClientRecovery(client, exchange, probe)));
        dependency = plan.change().apply(builder).build();
    }

    /** The backend that {@code settings} describe, without a probe: outcomes of calls decide about it. */
    public static HttpBackend of(HttpSettings settings) {
        return with(settings).build();
    }

    /** A builder of a backend with a probe or other changes. */
    public static HttpBackendBuilder with(HttpSettings settings) {
        return new HttpBackendBuilder(settings);
    }

    /**
     * An examination of the backend that {@code settings} describe, layer by layer, for a process that does not supervise it.
     *
     * @param probe what to ask; empty where any answer of HTTP will do
     * @param limit the longest time for each layer; at least 100 ms
     */
    public static Examination examination(HttpSettings settings, Optional<HttpProbe> probe, Duration limit) {
        return new HttpExamination(settings, probe, true, limit);
    }

    /** Every check of an {@link #examination}, in the order of the layers. */
    public static List<Check> checks() {
        return HttpChecks.all();
    }

    /** The dependency, for a {@link dev.mooring.Mooring} to supervise. */
    public Dependency dependency() {
        return dependency;
    }

    /** How to reach the backend. */
    public HttpSettings settings() {
        return settings;
    }

    /**
     * Sends a call and waits for the whole reply, whatever its status is: up to the call's limit or the backend's, cut to the {@link
     * dev.mooring.time.Deadline} of the thread. Retries a {@linkplain HttpCall#repeatable() repeatable} call as the settings say, while the
     * retry budget allows it; the limit is for each attempt, the deadline for all.
     *
     * @throws MooringException Mooring refused the call: the backend is down or saturated. The request was not sent
     * @throws NotSentException the request was not sent
     * @throws OutcomeUnknownException the backend may have done what was asked
     * @throws UnexpectedReplyException the call's check refused the reply
     * @throws IllegalStateException the backend is closed, or supervision has not begun
     */
    public HttpReply send(HttpCall call) throws HttpCallException {
        Sending sending = new Sending(exchange, call);
        GuardedCall<HttpReply> guarded = dependency.call(sending);
        try {
            return (call.isRepeatable() ? guarded.retrying(settings.retry()) : guarded).get();
        } catch (BackendFault fault) {
            return fault.reply();
        } catch (NotSentException last) {
            throw sending.ended(last);
        } catch (MooringException refused) {
            throw sending.ended(refused);
        } catch (HttpCallException | RuntimeException ended) {
            throw ended;
        } catch (InterruptedException betweenAttempts) {
            throw new Ending(call, settings.address()).interrupted(betweenAttempts);
        } catch (Exception impossible) {
            throw new IllegalStateException(call + " ended in an unknown way", impossible);
        }
    }

    /**
     * Sends a call and returns when the head of the reply is here; the caller reads the body and closes the reply. The thread's {@link
     * dev.mooring.time.Deadline} bounds the wait for the head, and each wait for a part of the body has the limit of an idle stream. Retries a
     * {@linkplain HttpCall#repeatable() repeatable} call as the settings say, while no head arrives, or one with a status of 429, 502, 503 or 504.
     *
     * @throws MooringException Mooring refused the call. The request was not sent
     * @throws NotSentException the request was not sent
     * @throws OutcomeUnknownException the backend may have done what was asked
     */
    public StreamedReply stream(HttpCall call) throws HttpCallException {
        if (!call.isRepeatable()) {
            return once(call);
        }
        Opening opening = new Opening(this::once, call, new Ending(call, settings.address()));
        return opening.open(settings.retry(), dependency.retries());
    }

    private StreamedReply once(HttpCall call) throws HttpCallException {
        Ticket ticket = dependency.begin();
        try {
            return reply(call, streaming.open(call), ticket);
        } catch (HttpCallException | RuntimeException | Error failed) {
            end(ticket, failed);
            throw failed;
        }
    }

    /**
     * The same with a body that is read from {@code content} on the calling thread, 16 KiB at a time, as fast as the backend takes it; never
     * retried. What
     * {@code content} throws ends the call and reaches the caller as it is; it says nothing against the backend. The call does not close {@code
     * content}.
     *
     * @param length how many bytes there are; -1 when that is not known, and the body then goes out in chunks
     */
    public StreamedReply stream(HttpCall call, InputStream content, long length) throws IOException {
        if (call.body().isPresent()) {
            throw new IllegalArgumentException(call + " has a body already");
        }
        Ticket ticket = dependency.begin();
        try {
            return reply(call, streaming.open(call, content, length), ticket);
        } catch (IOException | RuntimeException | Error failed) {
            end(ticket, failed);
            throw failed;
        }
    }

    private StreamedReply reply(HttpCall call, Streaming.Head head, Ticket ticket) {
        return new StreamedReply(
                head,
                ticket,
                new Ending(call, settings.address()),
                Time.system().now());
    }

    /** What is no end of an exchange came from the caller's own body, or is a mistake in the call. */
    private static void end(Ticket ticket, Throwable failed) {
        if (failed instanceof HttpCallException ended) {
            ticket.failed(ended);
        }
        ticket.close();
    }

    /** Ends the calls that run, all connections and all threads. End supervision before. */
    @Override
    public void close() {
        client.close();
    }
}
