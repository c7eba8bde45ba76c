package dev.mooring.redis.diagnosis;

import dev.mooring.diagnosis.Round;
import java.util.HashMap;
import java.util.Map;

/**
 * What Redis says about itself in lines of {@code name:value}.
 *
 * @param values the values by their names
 */
record Info(Map<String, String> values) {
    private static final double MOST_USED = 0.9;

    static Info of(String answer) {
        Map<String, String> values = new HashMap<>();
        answer.lines()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0].strip(), pair[1].strip()));
        return new Info(values);
    }

    /** The value; a question mark where Redis names none. */
    String text(String name) {
        return values.getOrDefault(name, "?");
    }

    private long number(String name) {
        String text = text(name);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    void judge(Round round) {
        long most = number("maxmemory");
        long used = number("used_memory");
        String policy = text("maxmemory_policy");
        round.saw("Redis " + text("redis_version") + ", " + text("role"));
        round.saw(text("used_memory_human") + (most > 0 ? " of " + text("maxmemory_human") : "") + " memory in use");
        if (most > 0 && policy.startsWith("allkeys")) {
            round.warn(ServerChecks.EVICTION, "maxmemory-policy is " + policy);
        }
        if (most > 0 && used >= most * MOST_USED) {
            round.warn(ServerChecks.MEMORY_USED, used + " of " + most + " bytes are in use");
        }
        long clients = number("connected_clients");
        long places = number("maxclients");
        if (places > 0) {
            round.saw(clients + " of " + places + " clients");
            if (clients >= places * MOST_USED) {
                round.warn(ServerChecks.CLIENTS_USED, clients + " of " + places + " clients are connected");
            }
        }
    }
}
