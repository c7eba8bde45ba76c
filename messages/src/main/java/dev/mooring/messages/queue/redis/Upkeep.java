package dev.mooring.messages.queue.redis;

import dev.mooring.messages.queue.QueueException;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XTrimArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The depth of a stream, and what may go from it. Thread-safe. */
final class Upkeep {
    /** How many entries it counts one by one where Redis does not say how many wait. */
    private static final int MOST_COUNTED = 10_000;

    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final String stream;
    private final RedisQueue.Ask ask;

    Upkeep(String stream, RedisQueue.Ask ask) {
        this.stream = stream;
        this.ask = ask;
    }

    Depth depth() {
        List<Group> groups = groups();
        long length = ask.redis(redis -> redis.xlen(stream));
        if (groups.isEmpty()) {
            return new Depth(length, age(first(Range.unbounded())));
        }
        long pending = 0;
        Optional<EntryId> oldest = Optional.empty();
        for (Group group : groups) {
            pending += group.pending() + lag(group, length);
            oldest = earlier(oldest, group.pending() == 0 ? first(after(group)) : oldestPending(group));
        }
        return new Depth(pending, age(oldest));
    }

    private long lag(Group group, long length) {
        return group.lag().orElseGet(() -> {
            long counted = ask.redis(redis -> redis.xrange(stream, after(group), Limit.from(MOST_COUNTED)))
                    .size();
            return counted < MOST_COUNTED ? counted : length;
        });
    }

    private Duration age(Optional<EntryId> id) {
        if (id.isEmpty()) {
            return Duration.ZERO;
        }
        Duration age = Duration.between(Instant.ofEpochMilli(id.get().millis()), now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Deletes what every group has acknowledged and what is old enough; never what a group has not. */
    void trim() {
        Instant now = now();
        List<Group> groups = groups();
        Duration kept = groups.isEmpty() ? RedisQueue.KEPT_WITHOUT_GROUP : RedisQueue.KEPT;
        EntryId stays = new EntryId(now.minus(kept).toEpochMilli(), 0);
        // The groups first: what one of its consumers receives after this is later than what it had received.
        for (Group group : groups) {
            stays = stays.earlier(EntryId.of(group.lastDelivered()).next());
            stays = group.pending() == 0
                    ? stays
                    : oldestPending(group).map(stays::earlier).orElse(stays);
        }
        String first = stays.toString();
        long deleted = ask.redis(
                redis -> redis.xtrim(stream, new XTrimArgs().minId(first).approximateTrimming()));
        assert deleted >= 0;
    }

    /** A consumer that ended leaves its name behind. */
    void forgetConsumers() {
        for (Group group : groups()) {
            for (Object one : ask.redis(redis -> redis.xinfoConsumers(stream, group.name()))) {
                Map<String, Object> consumer = Replies.map(one);
                boolean over = Replies.number(consumer, "pending") == 0
                        && Replies.number(consumer, "idle") > FORGOTTEN.toMillis();
                if (over) {
                    Consumer<String> gone = Consumer.from(group.name(), String.valueOf(consumer.get("name")));
                    long lost = ask.redis(redis -> redis.xgroupDelconsumer(stream, gone));
                    assert lost == 0;
                }
            }
        }
    }

    private List<Group> groups() {
        try {
            return ask.redis(redis -> redis.xinfoGroups(stream)).stream()
                    .map(Group::of)
                    .toList();
        } catch (QueueException failed) {
            if (String.valueOf(failed.getMessage()).contains("no such key")) {
                return List.of();
            }
            throw failed;
        }
    }

    private Range<String> after(Group group) {
        return Range.from(Range.Boundary.excluding(group.lastDelivered()), Range.Boundary.unbounded());
    }

    private Optional<EntryId> first(Range<String> range) {
        return ask.redis(redis -> redis.xrange(stream, range, Limit.from(1))).stream()
                .map(StreamMessage::getId)
                .map(EntryId::of)
                .findFirst();
    }

    private Optional<EntryId> oldestPending(Group group) {
        return ask.redis(redis -> redis.xpending(stream, group.name(), Range.unbounded(), Limit.from(1))).stream()
                .map(pending -> EntryId.of(pending.getId()))
                .findFirst();
    }

    private static Optional<EntryId> earlier(Optional<EntryId> one, Optional<EntryId> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().earlier(other.get())) : one.or(() -> other);
    }

    /** On the clock that gives the ids. */
    private Instant now() {
        List<String> time = ask.redis(redis -> redis.time());
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)));
    }
}
