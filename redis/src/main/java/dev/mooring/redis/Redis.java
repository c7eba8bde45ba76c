package dev.mooring.redis;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.GuardedCall;
import dev.mooring.Ticket;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.breaker.MooringException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Examination;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Finding;
import dev.mooring.redis.diagnosis.RedisExamination;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A supervised Redis: a {@link Dependency} to hand to {@link dev.mooring.Mooring}, and calls that are refused at once while Redis is down.
 * Building one touches no network. Thread-safe.
 *
 * <pre>{@code
 * try (Redis redis = Redis.of(settings);
 *         Mooring mooring = Mooring.supervise(redis.dependency())) {
 *     String name = redis.call(commands -> commands.get("name")).orElse(() -> "unknown");
 * }
 * }</pre>
 *
 * <p>All calls share one connection, which connects again by itself. While it is not connected, Lettuce refuses commands; none waits in a
 * queue.
 */
public final class Redis implements AutoCloseable {
    /** Calls that wait for an answer at the same time. They share a connection, so this bounds memory and waiting threads only. */
    private static final int CALLS = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** The limit of one layer of a diagnosis. */
    private static final Duration LAYER_LIMIT = Duration.ofSeconds(2);

    private static final Duration NOTED = Duration.ofSeconds(10);

    private final RedisSettings settings;
    private final Connector connector;
    private final SharedLink shared;
    private final Sessions sessions;
    private final RedisProbe probe;
    private final Dependency dependency;

    private Redis(RedisSettings settings, UnaryOperator<DependencyBuilder> change) {
        this.settings = settings;
        this.connector = Connector.to(settings);
        this.shared = new SharedLink(connector::share, settings.connect(), settings.command());
        this.sessions = new Sessions(settings.name(), connector::own, settings.connect(), settings.sessions());
        this.probe = new RedisProbe(connector::probe, new Questions(settings.topology() instanceof Topology.Cluster));
        this.dependency = change.apply(Dependency.named(settings.name())
                        .optional()
                        .enabled(settings.enabled())
                        .failures(RedisFailures.INSTANCE)
                        .timing(settings.timing())
                        .breaker(standard -> settings.breaker())
                        .bulkhead(new Bulkhead.Limits(CALLS, CALLS, PATIENCE))
                        .probe(probe)
                        .recovery(new Renewal(shared, sessions))
                        .examination(() -> examination(settings, LAYER_LIMIT)))
                .build();
    }

    /** The Redis that {@code settings} describe, as an optional dependency. */
    public static Redis of(RedisSettings settings) {
        return of(settings, builder -> builder);
    }

    /** The same with a change of its dependency. */
    public static Redis of(RedisSettings settings, UnaryOperator<DependencyBuilder> change) {
        return new Redis(settings, change);
    }

    /**
     * An examination of the Redis that {@code settings} describe, layer by layer, for a process that does not supervise it.
     *
     * @param limit the longest time for each layer; at least 100 ms
     */
    public static Examination examination(RedisSettings settings, Duration limit) {
        return new RedisExamination(settings, limit);
    }

    /** Every check of an {@link #examination}, in the order of the layers. */
    public static List<Check> checks() {
        return RedisExamination.checks();
    }

    /** The dependency, for a {@link dev.mooring.Mooring} to supervise. */
    public Dependency dependency() {
        return dependency;
    }

    /**
     * Assigns kinds to what Redis and Lettuce report, for code that calls Redis in another way than {@link #call}. What says that the command
     * was wrong has no kind.
     */
    public static FailureClassifier failures() {
        return RedisFailures.INSTANCE;
    }

    /** How to reach Redis. */
    public RedisSettings settings() {
        return settings;
    }

    /**
     * Describes a guarded call; {@link GuardedCall#get} or {@link GuardedCall#orElse} makes it. It waits for its answer up to the limit of a
     * command, cut to the {@link dev.mooring.time.Deadline} of the thread, and fails with a {@link RedisException}, or with a {@link
     * MooringException} where Mooring refuses it. A command without an answer may have been done.
     */
    public <T> GuardedCall<T> call(RedisCommand<T> command) {
        return dependency.call(() -> answer(command));
    }

    private <T> T answer(RedisCommand<T> command) {
        try {
            return shared.ask(command);
        } catch (RedisCommandExecutionException refused) {
            answered(refused);
            throw refused;
        } catch (RedisCommandTimeoutException silent) {
            connector.doubt();
            throw silent;
        }
    }

    private void answered(RedisCommandExecutionException refused) {
        if (RedisFailures.isOfDemoted(refused)) {
            // Another server may be the primary by now, behind the same name.
            shared.renew();
        }
        RedisFailures.INSTANCE
                .classify(refused)
                .filter(RedisFailures.WRITES_REFUSED::contains)
                .ifPresent(kind -> {
                    dependency.probeSoon();
                    if (settings.topology() instanceof Topology.Cluster) {
                        // The probe asks one node, and this was perhaps another one. No later call proves the opposite
                        // for sure.
                        dependency.note(new Finding(kind, RedisFailures.message(refused)), NOTED);
                    }
                });
    }

    /**
     * Takes a session, for commands that block. It holds a connection of its own until the caller closes it.
     *
     * @param patience how long to wait while all sessions are in use, cut to the deadline of the thread
     * @throws MooringException Redis is down, or all sessions stay in use
     * @throws RedisException Redis could not be reached
     */
    public RedisSession session(Duration patience) {
        try (Ticket ticket = dependency.begin()) {
            try {
                RedisSession session = sessions.take(patience);
                ticket.succeeded();
                return session;
            } catch (RedisException failed) {
                ticket.failed(failed);
                throw failed;
            }
        }
    }

    /** The sessions at this moment; a read of memory. */
    public RedisPool pool() {
        return sessions.figures();
    }

    /**
     * Gives up all connections softly: closes idle sessions, each session in use when its user closes it, and the connection that calls share
     * when the calls in flight have ended. The next call or session connects anew. Does not wait.
     */
    public void evictPool() {
        shared.leave();
        sessions.evict();
    }

    /** Ends all connections and threads. End supervision before. */
    @Override
    public void close() {
        probe.close();
        sessions.close();
        shared.close();
        connector.close();
    }
}
