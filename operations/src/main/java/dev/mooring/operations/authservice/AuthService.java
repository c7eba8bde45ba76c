package dev.mooring.operations.authservice;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpReply;
import dev.mooring.http.UnexpectedReplyException;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.operations.access.Scope;
import dev.mooring.probe.Finding;
import dev.mooring.settings.Secret;
import dev.mooring.spring.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The auth service, as a supervised backend with a breaker of its own. Every answer but 401 and a whole 200 is unclear. It counts against the
 * service, unless it says that the service could not read this very question. The service has no probe: only a question for a key proves that
 * it works. Thread-safe.
 */
final class AuthService implements Validator, AutoCloseable {
    private static final String PATH = "/api/v1/keys/validate";
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Duration SOON = Duration.ofSeconds(1);

    /**
     * Statuses about a question, as to a key with odd letters or of great length (RFC 9110, 15.5; RFC 6585, 5). If they opened the breaker, a
     * client without a valid key could shut out those that have one.
     */
    private static final Set<Integer> QUESTION_REFUSED = Set.of(400, 413, 414, 422, 431);

    private static final Duration REFUSAL_SHOWS = Duration.ofMinutes(1);

    private final HttpBackend backend;
    private final String serviceId;
    private final Set<Scope> known;

    /**
     * The service behind these settings.
     *
     * @param serviceId the name of this service there
     * @param known the scopes that this service has
     */
    AuthService(HttpSettings settings, String serviceId, Set<Scope> known) {
        this.backend = HttpBackend.with(settings)
                .dependency(builder -> builder.optional())
                .build();
        this.serviceId = serviceId;
        this.known = known;
    }

    Dependency dependency() {
        return backend.dependency();
    }

    @Override
    public Outcome ask(Secret key, String address) {
        byte[] body = new JsonObject()
                .put("service_id", serviceId)
                .put("client_ip", address)
                .bytes();
        HttpCall call = HttpCall.post(PATH)
                .json(body)
                .header("Authorization", "Bearer " + key.reveal())
                .repeatable()
                .atMost(LARGEST_ANSWER)
                .expecting(reply -> check(reply, key));
        try {
            return outcome(backend.send(call), key);
        } catch (DependencyUnavailableException refused) {
            return new Outcome.Unclear(
                    refused.retryAfter(), refused.lastFailure().map(Failure::kind));
        } catch (HttpCallException failed) {
            return new Outcome.Unclear(SOON, failed.kind());
        } catch (MooringException | UnreadableAnswerException unclear) {
            return new Outcome.Unclear(SOON);
        }
    }

    @Override
    public boolean isAway() {
        BreakerState state = backend.dependency().breaker().view().state();
        return state == BreakerState.OPEN || state == BreakerState.FORCED_OPEN;
    }

    private void check(HttpReply reply, Secret key) throws UnexpectedReplyException {
        if (reply.status() == UNAUTHORIZED || QUESTION_REFUSED.contains(reply.status())) {
            return;
        }
        if (reply.status() != OK) {
            throw UnexpectedReplyException.ofStatus(reply);
        }
        try {
            AuthAnswer.read(reply.body(), key, serviceId, known);
        } catch (UnreadableAnswerException unclear) {
            throw new UnexpectedReplyException(reply, FailureKind.PROTOCOL_ERROR, String.valueOf(unclear.getMessage()));
        }
    }

    private Outcome outcome(HttpReply reply, Secret key) throws UnreadableAnswerException {
        return switch (reply.status()) {
            case OK -> new Outcome.Valid(AuthAnswer.read(reply.body(), key, serviceId, known));
            case UNAUTHORIZED -> new Outcome.Invalid();
            default -> unclear(reply.status());
        };
    }

    private Outcome unclear(int status) {
        if (QUESTION_REFUSED.contains(status)) {
            // Nothing else tells it, and it may be so for all keys, for example because of a proxy.
            String what = "answers " + status + " to a question about a key, as if it could not read it";
            dependency().note(new Finding(FailureKind.HTTP_ERROR, what), REFUSAL_SHOWS);
        }
        return new Outcome.Unclear(SOON, Optional.of(FailureKind.HTTP_ERROR));
    }

    @Override
    public void close() {
        backend.close();
    }
}
