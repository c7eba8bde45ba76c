package dev.mooring.operations.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a start compared with those of the start before.
 *
 * @param isFirst whether the table remembers no earlier start
 * @param differences a text for each setting that differs, for people
 * @param toRemember the values that the table does not hold yet
 */
record Comparison(boolean isFirst, List<String> differences, SortedMap<String, String> toRemember) {

    /**
     * Compares two starts. A setting without a remembered value is a difference only if it is set, because a new version brings new
     * settings. A remembered setting that this version does not have belongs to another version; the table keeps it.
     */
    static Comparison of(Map<String, String> remembered, SortedMap<String, Value> now) {
        List<String> differences = new ArrayList<>();
        SortedMap<String, String> toRemember = new TreeMap<>();
        now.forEach((name, value) -> {
            String before = remembered.get(name);
            if (before != null && value.isStill(before)) {
                return;
            }
            toRemember.put(name, value.remember());
            String origin = " (" + value.origin() + ")";
            if (before != null) {
                differences.add(name + " " + value.change(before) + origin);
            } else if (!value.origin().equals("default") && !value.origin().equals("not set")) {
                differences.add(name + " is " + value.shown() + origin);
            }
        });
        return new Comparison(remembered.isEmpty(), differences, toRemember);
    }

    /** Whether the table already holds every value of this start. */
    boolean isEmpty() {
        return toRemember.isEmpty();
    }
}
