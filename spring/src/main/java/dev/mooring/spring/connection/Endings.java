package dev.mooring.spring.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections that ended by the rules, and logs the counts in one line at most every 30 s, so that clients cannot fill the
 * log. Any thread may count; one thread logs.
 */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.connection");
    private static final long PAUSE = Duration.ofSeconds(30).toNanos();

    /** Complete from the beginning, so that no thread changes the map. */
    private final Map<Ending, AtomicInteger> counts = new EnumMap<>(Ending.class);

    private long lastLogged;
    private boolean hasLogged;

    Endings() {
        for (Ending why : Ending.values()) {
            counts.put(why, new AtomicInteger());
        }
    }

    void count(Ending why) {
        AtomicInteger count = counts.get(why);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    /** Logs what happened since the last line, if that was long enough ago. That connections end because they are idle is no news. */
    void log(long now) {
        if (hasLogged && now - lastLogged < PAUSE) {
            return;
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((why, counter) -> {
            int count = why == Ending.IDLE ? 0 : counter.getAndSet(0);
            if (count > 0) {
                parts.add(count + " " + why.words());
            }
        });
        if (!parts.isEmpty()) {
            LOG.warn("The service closed connections of clients: {}.", String.join("; ", parts));
            hasLogged = true;
            lastLogged = now;
        }
    }
}
