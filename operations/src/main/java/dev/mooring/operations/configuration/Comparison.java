package dev.mooring.operations.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A start beside the one before it.
 *
 * @param isFirst whether nothing was remembered at all
 * @param differences what is to be told, a line for each setting
 * @param toRemember what is to be remembered of settings from now on, where it is not yet
 */
record Comparison(boolean isFirst, List<String> differences, SortedMap<String, String> toRemember) {

    /**
     * Compares. A setting that nothing is remembered of is told only if somebody set it: a new version knows more settings. One that is
     * remembered and not known here belongs to another version, and is left alone.
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

    /** Whether the two are the same in every way. */
    boolean isEmpty() {
        return toRemember.isEmpty();
    }
}
