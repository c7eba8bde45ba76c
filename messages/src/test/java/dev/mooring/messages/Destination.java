package dev.mooring.messages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receives messages and notes what a relay must never do. Thread-safe. */
final class Destination implements SingleDelivery {
    private static final Pattern TEXT = Pattern.compile("\"text\": \"(.*)\"");

    private final Map<String, List<String>> received = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Queue<String> overlaps = new ConcurrentLinkedQueue<>();

    @Override
    public Result deliver(DeliveryAttempt attempt) {
        enter(attempt.message());
        leave(attempt.message());
        return Result.delivered();
    }

    /** A delivery begins. */
    synchronized void enter(Message message) {
        if (!busy.add(message.key())) {
            overlaps.add(message.key() + ": " + textOf(message));
        }
    }

    /** A delivery has arrived and ended. */
    synchronized void leave(Message message) {
        received.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(textOf(message));
        busy.remove(message.key());
    }

    /** A delivery ended before it arrived. */
    synchronized void abandon(Message message) {
        busy.remove(message.key());
    }

    synchronized List<String> received(String key) {
        return List.copyOf(received.getOrDefault(key, List.of()));
    }

    /** Messages whose delivery began while another of their key ran. */
    List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    static String textOf(Message message) {
        Matcher matcher = TEXT.matcher(message.payload());
        return matcher.find() ? matcher.group(1) : message.payload();
    }
}
