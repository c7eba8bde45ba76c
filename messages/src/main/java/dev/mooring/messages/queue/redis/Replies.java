package dev.mooring.messages.queue.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads answers that are lists of names and values in turn. */
final class Replies {
    private Replies() {}

    static Map<String, Object> map(Object answer) {
        Map<String, Object> fields = new HashMap<>();
        List<?> all = (List<?>) answer;
        for (int i = 0; i + 1 < all.size(); i += 2) {
            Object value = all.get(i + 1);
            if (value != null) {
                fields.put(String.valueOf(all.get(i)), value);
            }
        }
        return fields;
    }

    static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
