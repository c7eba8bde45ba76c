package dev.mooring.messages.queue.redis;

import dev.mooring.failure.Failure;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Received;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The dead letters of a stream, in a stream of their own, which nothing trims. Thread-safe. */
final class DeadStream {
    private static final Pattern PLACE = Pattern.compile("\\d{1,18}-\\d{1,18}");

    private final String key;
    private final RedisQueue.Ask ask;

    DeadStream(String stream, RedisQueue.Ask ask) {
        this.key = stream + ":dead";
        this.ask = ask;
    }

    void add(String group, Received poison, Failure cause) {
        String id =
                ask.redis(redis -> redis.xadd(key, Fields.of(group, poison.deliveries(), poison.envelope(), cause)));
        assert !id.isEmpty();
    }

    List<DeadMessage> list(String after, int most) {
        Range<String> rest = PLACE.matcher(after).matches()
                ? Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded())
                : Range.unbounded();
        return ask.redis(redis -> redis.xrange(key, rest, Limit.from(most))).stream()
                .map(Fields::dead)
                .toList();
    }

    Optional<DeadMessage> find(String place) {
        return PLACE.matcher(place).matches()
                ? ask.redis(redis -> redis.xrange(key, Range.create(place, place))).stream()
                        .map(Fields::dead)
                        .findFirst()
                : Optional.empty();
    }

    boolean delete(String place) {
        return PLACE.matcher(place).matches() && ask.redis(redis -> redis.xdel(key, place)) == 1;
    }

    long size() {
        return ask.redis(redis -> redis.xlen(key));
    }
}
