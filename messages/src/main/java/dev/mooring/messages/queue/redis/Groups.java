package dev.mooring.messages.queue.redis;

import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.Reader;
import dev.mooring.messages.queue.Received;
import dev.mooring.redis.RedisSession;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.models.stream.ClaimedMessages;
import io.lettuce.core.models.stream.PendingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The consumer groups of a stream. A consumer holds a message for its lease: Redis counts how long it is idle. Thread-safe. */
final class Groups {
    /** So long idle that each consumer may claim it. */
    private static final Duration GIVEN_BACK = Duration.ofDays(1);

    private static final String FROM_THE_BEGINNING = "0";

    private final String stream;
    private final Duration limit;

    /** Where the search for messages of dead consumers goes on, by consumer. */
    private final Map<Reader, String> cursors = new ConcurrentHashMap<>();

    Groups(String stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /** What came, with the entries that are no messages apart. */
    record News(List<Received> messages, List<Received> unreadable) {}

    News receive(RedisSession session, Reader reader, int most, Duration wait) {
        try {
            return receiveNow(session, reader, most, wait);
        } catch (RedisCommandExecutionException refused) {
            if (!String.valueOf(refused.getMessage()).startsWith("NOGROUP")) {
                throw refused;
            }
        }
        makeGroup(session, reader.group());
        return receiveNow(session, reader, most, wait);
    }

    private void makeGroup(RedisSession session, String group) {
        try {
            String made = session.ask(
                    redis -> redis.xgroupCreate(
                            XReadArgs.StreamOffset.from(stream, FROM_THE_BEGINNING),
                            group,
                            XGroupCreateArgs.Builder.mkstream()),
                    limit);
            assert made.equals("OK");
        } catch (RedisBusyException another) {
            // Another consumer made it meanwhile.
        }
    }

    private News receiveNow(RedisSession session, Reader reader, int most, Duration wait) {
        News news = new News(new ArrayList<>(), new ArrayList<>());
        claim(session, reader, most, news);
        int room = most - news.messages().size();
        if (room > 0) {
            Duration block = news.messages().isEmpty() ? wait : Duration.ZERO;
            session.ask(new NewEntries(stream, reader, room, block(block)), limit)
                    .forEach(entry -> sort(entry, 1, news));
        }
        return news;
    }

    /** Takes messages over whose lease ended. */
    private void claim(RedisSession session, Reader reader, int most, News news) {
        XAutoClaimArgs<String> args = new XAutoClaimArgs<String>()
                .consumer(consumer(reader))
                .minIdleTime(reader.lease())
                .startId(cursors.getOrDefault(reader, "0-0"))
                .count(most);
        ClaimedMessages<String, String> claimed = session.ask(redis -> redis.xautoclaim(stream, args), limit);
        cursors.put(reader, claimed.getId());
        for (StreamMessage<String, String> entry : claimed.getMessages()) {
            List<PendingMessage> known = session.ask(
                    redis -> redis.xpending(
                            stream, consumer(reader), Range.create(entry.getId(), entry.getId()), Limit.from(1)),
                    limit);
            known.forEach(pending -> sort(entry, (int) pending.getRedeliveryCount(), news));
        }
    }

    private Duration block(Duration wait) {
        Duration longest = limit.dividedBy(2);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    private static void sort(StreamMessage<String, String> entry, int deliveries, News news) {
        if (entry.getBody() == null) {
            return; // deleted by another program
        }
        Optional<Envelope> envelope = Fields.envelope(entry);
        envelope.ifPresentOrElse(
                message -> news.messages().add(new Received(message, entry.getId(), deliveries)),
                () -> news.unreadable().add(new Received(Fields.raw(entry), entry.getId(), deliveries)));
    }

    void acknowledge(RedisQueue.Ask ask, Reader reader, List<Received> processed) {
        if (!processed.isEmpty()) {
            long done = ask.redis(redis -> redis.xack(stream, reader.group(), ids(processed)));
            assert done <= processed.size();
        }
    }

    List<Received> extend(RedisQueue.Ask ask, Reader reader, List<Received> held) {
        List<Received> still = stillHeld(ask, reader, held);
        if (!still.isEmpty()) {
            claim(ask, reader, new XClaimArgs().minIdleTime(0).idle(0).justid(), ids(still));
        }
        return still;
    }

    void giveBack(RedisQueue.Ask ask, Reader reader, List<Received> untouched) {
        for (Received message : stillHeld(ask, reader, untouched)) {
            XClaimArgs asIfNeverReceived = new XClaimArgs()
                    .minIdleTime(0)
                    .idle(GIVEN_BACK)
                    .retryCount(message.deliveries() - 1)
                    .justid();
            claim(ask, reader, asIfNeverReceived, message.place());
        }
    }

    private void claim(RedisQueue.Ask ask, Reader reader, XClaimArgs args, String... ids) {
        List<StreamMessage<String, String>> claimed =
                ask.redis(redis -> redis.xclaim(stream, consumer(reader), args, ids));
        assert claimed.size() <= ids.length;
    }

    /** Those that the consumer holds by the same delivery. */
    private List<Received> stillHeld(RedisQueue.Ask ask, Reader reader, List<Received> messages) {
        Map<String, Received> byPlace =
                messages.stream().collect(Collectors.toMap(Received::place, Function.identity(), (one, same) -> one));
        // A consumer holds few messages, and all of them at once is one question.
        return ask
                .redis(redis -> redis.xpending(stream, consumer(reader), Range.unbounded(), Limit.from(10_000)))
                .stream()
                .flatMap(pending -> Optional.ofNullable(byPlace.get(pending.getId()))
                        .filter(message -> message.deliveries() == pending.getRedeliveryCount())
                        .stream())
                .toList();
    }

    private static Consumer<String> consumer(Reader reader) {
        return Consumer.from(reader.group(), reader.consumer());
    }

    private static String[] ids(List<Received> messages) {
        return messages.stream().map(Received::place).toArray(String[]::new);
    }
}
