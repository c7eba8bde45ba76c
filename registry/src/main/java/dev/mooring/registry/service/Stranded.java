package dev.mooring.registry.service;

import dev.mooring.messages.Relay;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages that wait for a destination to which this service delivers none, because a setting has changed since they were written. */
final class Stranded {
    private static final Logger LOG = LoggerFactory.getLogger(Stranded.class);

    private static final Map<String, String> REMEDIES = Map.of(
            "redis", "QUEUE_BACKEND=redis with REDIS_HOST or REDIS_URL",
            "mlflow", "MLFLOW_TRACKING_URI",
            "mlflow-second-look", "MLFLOW_TRACKING_URI");

    private Stranded() {}

    /** Logs one warning for each such destination. */
    static void tell(JdbcClient database, Collection<Relay> relays) {
        String served = Stream.concat(Stream.of(""), relays.stream().map(Relay::destination))
                .collect(Collectors.joining(","));
        Map<String, Long> waiting = new TreeMap<>();
        database.sql("""
                        select destination, count(*) from mooring.outbox
                        where state = 'pending' and destination <> all (string_to_array(:served, ','))
                        group by destination""").param("served", served).query(row -> {
            waiting.put(row.getString(1), row.getLong(2));
        });
        waiting.forEach((destination, messages) -> LOG.warn(
                "{} messages to {} wait, and this instance delivers none of them: set {} again, or delete them (delete from"
                        + " mooring.outbox where destination = '{}' and state = 'pending')",
                messages,
                destination,
                REMEDIES.getOrDefault(destination, "what it needs"),
                destination));
    }
}
