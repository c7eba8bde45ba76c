package dev.mooring.messages.queue;

import dev.mooring.failure.Failure;
import dev.mooring.messages.queue.Lane.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that a consumer holds, in one lane for each key. Of a lane one message at a time is processed. Thread-safe: the methods
 * have one lock, under which nothing waits.
 */
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    private final Function<Envelope, String> key;
    private final int places;

    /** Guarded by this. */
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    /** How many lanes run; guarded by this. */
    private int running;

    /** Whether no message may begin any more; guarded by this. */
    private boolean ended;

    Lanes(Function<Envelope, String> key, int places) {
        this.key = key;
        this.places = places;
    }

    /** A message that a thread may process now. */
    record Turn(String key, Held held) {}

    /** Asks for the keys before it takes the lock, because they are code of the application. */
    void add(List<Received> messages, long leaseEndsAt, long now) {
        for (Received message : messages) {
            add(keyOf(message.envelope()), new Held(message, 0, 0, leaseEndsAt), now);
        }
    }

    private synchronized void add(String line, Held message, long now) {
        Lane lane = lanes.computeIfAbsent(line, unknown -> {
            Lane made = new Lane();
            made.dueAt = now;
            return made;
        });
        lane.waiting.add(message);
    }

    /** A message without a key has no order. */
    private String keyOf(Envelope message) {
        try {
            return Objects.requireNonNull(key.apply(message), "the key of a message must not be null");
        } catch (RuntimeException mistake) {
            LOG.warn("{} {} has no key, and no order: {}", message.type(), message.id(), Failure.oneLine(mistake));
            return message.id().toString();
        }
    }

    /** The next message to process, if a place is free; the caller calls {@link #done} or {@link #again} after it. */
    synchronized Optional<Turn> next(long now) {
        if (ended || running == places) {
            return Optional.empty();
        }
        for (Map.Entry<String, Lane> one : lanes.entrySet()) {
            Lane lane = one.getValue();
            if (!lane.runs && lane.dueAt - now <= 0) {
                lane.runs = true;
                lane.begunAt = now;
                running++;
                return Optional.of(new Turn(one.getKey(), lane.waiting.getFirst()));
            }
        }
        return Optional.empty();
    }

    /** The consumer no longer holds the message. */
    synchronized void done(Turn turn, long now) {
        Lane lane = stop(turn, now);
        lane.waiting.removeFirst();
        if (lane.waiting.isEmpty()) {
            lanes.remove(turn.key());
        }
    }

    /** The message waits until then for another attempt. */
    synchronized void again(Turn turn, boolean counts, long dueAt) {
        Lane lane = stop(turn, dueAt);
        lane.waiting.addFirst(lane.waiting.removeFirst().after(counts));
    }

    private Lane stop(Turn turn, long dueAt) {
        Lane lane = lanes.get(turn.key());
        if (lane == null || !lane.runs) {
            throw new IllegalStateException("no message of " + turn.key() + " is processed");
        }
        running--;
        lane.runs = false;
        lane.dueAt = dueAt;
        return lane;
    }

    synchronized int size() {
        return lanes.values().stream().mapToInt(lane -> lane.waiting.size()).sum();
    }

    synchronized int running() {
        return running;
    }

    /** How long until a lane that does not run is due; empty when there is none. */
    synchronized Optional<Duration> untilDue(long now) {
        return lanes.values().stream()
                .filter(lane -> !lane.runs)
                .map(lane -> Duration.ofNanos(Math.max(0, lane.dueAt - now)))
                .min(Comparator.naturalOrder());
    }

    /** All messages, without those that a handler has worked on for longer than {@code longest}. */
    synchronized List<Received> toExtend(long now, Duration longest) {
        List<Received> all = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            boolean tooLong = lane.runs && now - lane.begunAt > longest.toNanos();
            lane.waiting.stream().skip(tooLong ? 1 : 0).forEach(held -> all.add(held.message()));
        }
        return all;
    }

    /** Notes the new end of the leases, and forgets the messages that others hold by now; one that is processed stays until it is done. */
    synchronized void extended(List<Received> asked, List<Received> held, long leaseEndsAt) {
        Set<Received> lost = new HashSet<>(asked);
        held.forEach(lost::remove);
        Set<Received> kept = new HashSet<>(held);
        for (Lane lane : lanes.values()) {
            List<Held> all = List.copyOf(lane.waiting);
            lane.waiting.clear();
            for (Held one : all) {
                boolean first = lane.runs && lane.waiting.isEmpty();
                if (first || !lost.contains(one.message())) {
                    lane.waiting.add(kept.contains(one.message()) ? one.leasedUntil(leaseEndsAt) : one);
                }
            }
        }
        lanes.values().removeIf(lane -> lane.waiting.isEmpty());
    }

    /** Lets no message begin any more, and takes out those that are not processed. */
    synchronized List<Received> end() {
        ended = true;
        List<Received> untouched = lanes.values().stream()
                .flatMap(lane -> lane.untouched().stream())
                .map(Held::message)
                .toList();
        lanes.values().removeIf(lane -> !lane.runs);
        lanes.values().forEach(lane -> {
            while (lane.waiting.size() > 1) {
                lane.waiting.removeLast();
            }
        });
        return untouched;
    }
}
