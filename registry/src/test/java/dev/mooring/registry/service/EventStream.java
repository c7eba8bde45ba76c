package dev.mooring.registry.service;

import dev.mooring.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of events, as any client of Redis reads it. */
record EventStream(TestRedis redis, String key) {
    static final String DEFAULT = "mooring:queue:model_ready";

    private static final JsonMapper JSON = JsonMapper.shared();

    static EventStream in(TestRedis redis) {
        return new EventStream(redis, DEFAULT);
    }

    /** One entry, with its fields as texts. */
    record Event(Map<String, String> fields) {
        String id() {
            return fields.get("message_id");
        }

        String type() {
            return fields.get("type");
        }

        JsonNode payload() {
            return JSON.readTree(fields.get("payload"));
        }

        String name() {
            return payload().path("name").asString();
        }

        long version() {
            return Long.parseLong(payload().path("version").asString());
        }
    }

    /** All events that the stream has, oldest first, copies too. */
    List<Event> all() {
        List<Event> events = new ArrayList<>();
        for (Object entry : redis.admin().list("XRANGE", key, "-", "+")) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            Map<String, String> byName = new TreeMap<>();
            for (int i = 0; i < fields.size(); i += 2) {
                byName.put(String.valueOf(fields.get(i)), String.valueOf(fields.get(i + 1)));
            }
            events.add(new Event(byName));
        }
        return events;
    }

    /** The events about a model, oldest first, without copies. */
    List<Event> of(String... models) {
        Set<String> names = Set.of(models);
        Set<String> ids = new HashSet<>();
        return all().stream()
                .filter(event -> names.contains(event.name()) && ids.add(event.id()))
                .toList();
    }

    /** Waits until the events about these models are as many; gives them. */
    List<Event> await(int count, String... models) {
        return await(events -> events.size() >= count, models);
    }

    private List<Event> await(Predicate<List<Event>> enough, String... models) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> enough.test(of(models)));
        return of(models);
    }
}
