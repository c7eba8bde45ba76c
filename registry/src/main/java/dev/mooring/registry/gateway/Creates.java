package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpReply;
import dev.mooring.http.settings.HttpLimits;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.gateway.AwayException.Reach;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.TagKeyRules;
import dev.mooring.registry.registrations.TaggedVersions;
import dev.mooring.spring.problem.Problem;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one version of a request that a client repeats because it does not know what became of it. A stock client repeats a call whose answer
 * does not come, up to eight times, and MLflow makes a version each time.
 *
 * <p>The gateway adds a tag with an id of the request, and remembers the id in the database before it sends. When the same caller sends the same
 * body to the same path again, and the outcome of the earlier request is not known, the gateway looks for a version with the tag. It sends again
 * only when there is none, and when the earlier call must have ended. Once the client has the answer, the same request asks for another version.
 * Thread-safe.
 */
final class Creates {
    static final String TAG = TagKeyRules.REGISTRATION;

    /** A call ends at the limit of an answer, and later by the connect, the way to MLflow, and {@link #LATE}. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** How long after the question for its turn a call may begin and still end in time. */
    private static final Duration LATE = MARGIN.dividedBy(2);
    /** How long a repetition waits for the earlier request. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long it waits until the database knows that the client of the earlier request has its answer. */
    private static final Duration UNTIL_NOTED = Duration.ofSeconds(1);

    /** MLflow's code for a version that does not exist. */
    private static final String GONE = "RESOURCE_DOES_NOT_EXIST";

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(Creates.class);

    private final HttpBackend mlflow;
    private final TaggedVersions versions;
    private final CreateMemory memory;
    private final Time time;

    /**
     * MLflow's answer to a call that makes a version.
     *
     * @param reply the answer
     * @param key the call
     * @param id the value of its tag
     */
    record Made(HttpReply reply, CreateKey key, UUID id) {}

    /**
     * The right to send a request. Other instances take the call for ended when its longest time is over, by the clock of the database.
     *
     * @param id the value of its tag
     * @param attempt the number of the call among those of the request
     * @param asked when this process asked the database for the turn, by its monotonic clock
     */
    private record Turn(UUID id, int attempt, long asked) {}

    /** Sends a body to MLflow and gives its answer. */
    @FunctionalInterface
    interface Exchange {
        HttpReply send(byte[] body) throws AwayException;
    }

    Creates(HttpBackend mlflow, TaggedVersions versions, CreateMemory memory, Time time) {
        this.mlflow = mlflow;
        this.versions = versions;
        this.memory = memory;
        this.time = time;
    }

    /** Makes the version, or finds the one that the same request made before. */
    Made create(RegistryCall call, Exchange exchange) throws AwayException {
        Optional<CreateRequest> read = CreateRequest.of(call.body());
        CreateKey key = CreateKey.of(call);
        UUID id = UuidV7.at(time.now().toEpochMilli());
        if (read.isEmpty()) {
            return new Made(exchange.send(call.body()), key, id);
        }
        CreateRequest request = read.get();
        Turn turn = turn(id, 1);
        while (!memory.begin(key, id, longestCall())) {
            Optional<Made> found = repeat(call, request, key, exchange);
            if (found.isPresent()) {
                return found.get();
            }
            turn = turn(id, 1);
        }
        return send(request, key, turn, exchange);
    }

    private Turn turn(UUID id, int attempt) {
        return new Turn(id, attempt, time.nanos());
    }

    private boolean isLate(Turn turn) {
        return time.nanos() - turn.asked() > LATE.toNanos();
    }

    /** After that time a call has ended, whatever became of it. */
    private Duration longestCall() {
        HttpLimits limits = mlflow.settings().limits();
        return limits.response().plus(limits.connect()).plus(MARGIN);
    }

    /** The answer to a repetition; empty when the earlier request made nothing, or its client has the answer. */
    private Optional<Made> repeat(RegistryCall call, CreateRequest request, CreateKey key, Exchange exchange)
            throws AwayException {
        long begun = time.nanos();
        boolean searched = false;
        Optional<CreateMemory.Known> before = memory.find(key);
        while (before.isPresent() && !before.get().answered()) {
            CreateMemory.Known known = before.get();
            boolean waited = time.nanos() - begun >= UNTIL_NOTED.toNanos();
            if (known.version().isPresent() && waited) {
                return found(call, request, key, known, known.version().getAsLong());
            }
            Turn turn = turn(known.id(), known.attempt() + 1);
            boolean mine = known.version().isEmpty() && memory.takeOver(key, known, longestCall());
            if (mine || (known.version().isEmpty() && !searched)) {
                searched = true;
                OptionalLong version = search(call, request, key, turn, mine);
                if (version.isPresent()) {
                    return found(call, request, key, known, version.getAsLong());
                }
            }
            if (mine) {
                return Optional.of(send(request, key, turn, exchange));
            }
            awaitMore(begun, known);
            before = memory.find(key);
        }
        return Optional.empty();
    }

    /** The version that the earlier request made; empty when it was deleted since. */
    private Optional<Made> found(
            RegistryCall call, CreateRequest request, CreateKey key, CreateMemory.Known known, long version)
            throws AwayException {
        HttpReply reply = ask(call.call(), version(call, request.name(), version));
        if (MlflowReply.of(reply).isError(GONE)) {
            memory.forget(key, known.id());
            return Optional.empty();
        }
        if (reply.isSuccess()) {
            LOG.info("a client repeated a call that made version {} of a model: it gets that version", version);
            note(() -> memory.made(key, known.id(), version));
        }
        return Optional.of(new Made(reply, key, known.id()));
    }

    private OptionalLong search(RegistryCall call, CreateRequest request, CreateKey key, Turn turn, boolean mine)
            throws AwayException {
        boolean searched = false;
        try {
            TaggedVersions.Found found =
                    versions.find(call.workspace(), request.name(), request.source(), turn.id(), request.tags());
            if (!found.searched()) {
                throw new AwayException(Away.answered(found.status()), Reach.NOT_SENT);
            }
            searched = true;
            return found.first();
        } catch (DependencyUnavailableException refused) {
            throw new AwayException(Away.of(refused), Reach.NOT_SENT);
        } catch (HttpCallException ended) {
            throw new AwayException(Away.of(ended), Reach.NOT_SENT);
        } finally {
            if (mine && !searched) {
                memory.ended(key, turn.id(), turn.attempt());
            }
        }
    }

    private void awaitMore(long begun, CreateMemory.Known before) throws AwayException {
        if (time.nanos() - begun < PATIENCE.toNanos()) {
            try {
                time.sleep(PAUSE);
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        Duration wait = before.left().compareTo(Away.LATER) < 0 ? Away.LATER : before.left();
        throw new AwayException(
                Problem.unavailable(
                        "mlflow",
                        "The same call came before, and MLflow may still carry it out; repeat it later.",
                        wait),
                Reach.NOT_SENT);
    }

    private Made send(CreateRequest request, CreateKey key, Turn turn, Exchange exchange) throws AwayException {
        HttpReply reply;
        try {
            extendIfLate(key, turn);
            reply = exchange.send(request.with(TAG, turn.id()));
        } catch (AwayException away) {
            note(() -> {
                switch (away.reach()) {
                    case NOT_SENT, REFUSED -> memory.ended(key, turn.id(), turn.attempt());
                    case UNKNOWN -> LOG.info("what became of a new version is not known: {}", away.getMessage());
                }
            });
            throw away;
        }
        note(() -> settle(key, turn, reply));
        return new Made(reply, key, turn.id());
    }

    /**
     * Where the database answered late, or the search took long, the call would still run when others take it for ended: then it gets its
     * longest time anew.
     */
    private void extendIfLate(CreateKey key, Turn turn) throws AwayException {
        if (!isLate(turn)) {
            return;
        }
        Turn anew = turn(turn.id(), turn.attempt());
        if (!memory.extend(key, anew.id(), anew.attempt(), longestCall()) || isLate(anew)) {
            throw new AwayException(
                    Problem.unavailable(
                            "mlflow",
                            "What this call needs to know before it is sent to MLflow came too late, so it was not sent; repeat it.",
                            Away.LATER),
                    Reach.NOT_SENT);
        }
    }

    private void settle(CreateKey key, Turn turn, HttpReply reply) {
        MlflowReply answer = MlflowReply.of(reply);
        long version = answer.content()
                .map(content -> content.path("model_version").path("version").asLong(0))
                .orElse(0L);
        if (version > 0) {
            memory.made(key, turn.id(), version);
        } else if (reply.status() < 500) {
            memory.forget(key, turn.id(), turn.attempt());
        } else {
            memory.ended(key, turn.id(), turn.attempt());
        }
    }

    /** The client's answer does not depend on what the database keeps of it. */
    private static void note(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException away) {
            LOG.warn("the outcome of a new version is not noted, so a repetition searches for it: {}", away.toString());
        }
    }

    /** The call that reads a version, whose answer has the form of that to a new version. */
    private static HttpCall version(RegistryCall call, String name, long version) {
        HttpCall get = HttpCall.get("/api/2.0/mlflow/model-versions/get")
                .query("name", name)
                .query("version", Long.toString(version))
                .repeatable();
        return call.workspace()
                .map(workspace -> get.header(Incoming.WORKSPACE, workspace))
                .orElse(get);
    }

    /** The answer to a read, which the client gets for that to its call; what says that MLflow does not work is none. */
    private HttpReply ask(MlflowCall clients, HttpCall call) throws AwayException {
        try {
            HttpReply reply = mlflow.send(call);
            Meaning.check(clients, reply.status(), reply.headers());
            Meaning.check(reply);
            return reply;
        } catch (AwayException refused) {
            throw new AwayException(refused.problem(), Reach.NOT_SENT);
        } catch (DependencyUnavailableException refused) {
            throw new AwayException(Away.of(refused), Reach.NOT_SENT);
        } catch (HttpCallException ended) {
            throw new AwayException(Away.of(ended), Reach.NOT_SENT);
        }
    }
}
