package dev.mooring.messages.queue.redis;

import dev.mooring.Ticket;
import dev.mooring.breaker.MooringException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.QueueException;
import dev.mooring.messages.queue.Reader;
import dev.mooring.messages.queue.Received;
import dev.mooring.redis.Redis;
import dev.mooring.redis.RedisCommand;
import dev.mooring.redis.RedisSession;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;

/**
 * A queue in Redis 6.2 or newer: the stream {@code mooring:queue:NAME}, read by consumer groups, and the stream {@code
 * mooring:queue:NAME:dead} of dead letters. Any client of Redis can read and write them. A message is published when the server has it, and
 * one of its replicas too where it has replicas, so that a failover loses none. A message goes when it is older than an hour and every group has
 * acknowledged it; without a group, when it is older than seven days. Thread-safe.
 */
public final class RedisQueue implements MessageQueue {
    /** How long a message stays that all groups have acknowledged. */
    public static final Duration KEPT = Duration.ofHours(1);

    /** How long a message stays while there is no group. */
    public static final Duration KEPT_WITHOUT_GROUP = Duration.ofDays(7);

    /** How long to wait for a session while all are in use. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Redis redis;
    private final String name;
    private final String stream;
    private final Publishing publishing;
    private final Groups groups;
    private final DeadStream dead;
    private final Upkeep upkeep;

    private RedisQueue(Redis redis, String name) {
        this.redis = redis;
        this.name = name;
        this.stream = "mooring:queue:" + name;
        Duration limit = redis.settings().command();
        this.publishing = new Publishing(stream, redis.dependency().classifier(), limit);
        this.groups = new Groups(stream, limit);
        this.dead = new DeadStream(stream, this::ask);
        this.upkeep = new Upkeep(stream, this::ask);
    }

    /** The queue of this name. */
    public static RedisQueue of(Redis redis, String name) {
        return new RedisQueue(redis, name);
    }

    /** Asks Redis on the connection that all calls share. */
    interface Ask {
        <T> T redis(RedisCommand<T> question);
    }

    /** The key of its stream. */
    public String stream() {
        return stream;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Result> publish(List<Envelope> messages) {
        try (Ticket ticket = redis.dependency().begin();
                RedisSession session = redis.session(PATIENCE)) {
            Publishing.Outcome outcome = publishing.publish(session, messages);
            outcome.failure().ifPresentOrElse(ticket::failed, ticket::succeeded);
            return outcome.results();
        } catch (MooringException refused) {
            return all(messages, new Result.Later(FailureKind.SATURATED, Failure.oneLine(refused)));
        } catch (RedisException failed) {
            FailureKind kind = redis.dependency().classifier().classify(failed).orElse(FailureKind.UNKNOWN);
            return all(messages, new Result.Later(kind, Failure.oneLine(failed)));
        }
    }

    private static List<Result> all(List<Envelope> messages, Result result) {
        return messages.stream().map(message -> result).toList();
    }

    /** Blocks in Redis, on a session; at most half as long as a command may take, so that a silent server is noticed. */
    @Override
    public List<Received> receive(Reader reader, int most, Duration wait) {
        try (RedisSession session = redis.session(PATIENCE)) {
            Groups.News news = groups.receive(session, reader, most, wait);
            news.unreadable().forEach(message -> {
                dead.add(reader.group(), message, Fields.unreadable());
                groups.acknowledge(this::ask, reader, List.of(message));
            });
            return news.messages();
        } catch (RedisException failed) {
            throw exception(failed);
        }
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {
        groups.acknowledge(this::ask, reader, processed);
    }

    @Override
    public List<Received> extend(Reader reader, List<Received> held) {
        return groups.extend(this::ask, reader, held);
    }

    @Override
    public void giveBack(Reader reader, List<Received> untouched) {
        groups.giveBack(this::ask, reader, untouched);
    }

    /** First adds the dead letter, then acknowledges the message: what dies between the two comes again. */
    @Override
    public void deadLetter(Reader reader, Received poison, Failure cause) {
        dead.add(reader.group(), poison, cause);
        acknowledge(reader, List.of(poison));
    }

    @Override
    public List<DeadMessage> deadLetters(String after, int most) {
        return dead.list(after, most);
    }

    /** First publishes the message, to all groups, then deletes the dead letter; groups that processed it know its id. */
    @Override
    public boolean replay(String place) {
        return dead.find(place)
                .map(letter -> {
                    Result result = publish(List.of(letter.envelope())).get(0);
                    if (!(result instanceof Result.Delivered)) {
                        throw new QueueException(name, FailureKind.UNKNOWN, new RedisException(String.valueOf(result)));
                    }
                    return dead.delete(place);
                })
                .orElse(false);
    }

    @Override
    public boolean discard(String place) {
        return dead.delete(place);
    }

    @Override
    public Figures depth() {
        Depth depth = upkeep.depth();
        return new Figures(name, depth.pending(), depth.oldest(), dead.size());
    }

    /** Deletes messages that are over, a hundred or so less than all, and the names of consumers that hold nothing since a day. */
    @Override
    public void tidy() {
        upkeep.trim();
        upkeep.forgetConsumers();
    }

    private <T> T ask(RedisCommand<T> question) {
        try {
            return redis.call(question).get();
        } catch (MooringException refused) {
            throw refused;
        } catch (Exception failed) {
            throw exception(failed);
        }
    }

    private QueueException exception(Exception failed) {
        return new QueueException(
                name, redis.dependency().classifier().classify(failed).orElse(FailureKind.UNKNOWN), failed);
    }
}
