package dev.mooring.applications.harness;

import java.util.Map;
import java.util.TreeMap;

/** What was measured: one Markdown table for each situation, with one row for each kind. Thread-safe. */
public final class Table {
    private static final String HEAD = "| kind | without the starter | with the starter |\n| --- | --- | --- |\n";

    /** Guarded by the lock of this object. */
    private final Map<Situation, Map<Kind, Map<Variant, String>>> situations = new TreeMap<>();

    synchronized void put(Situation situation, Kind kind, Variant variant, String text) {
        situations
                .computeIfAbsent(situation, any -> new TreeMap<>())
                .computeIfAbsent(kind, any -> new TreeMap<>())
                .put(variant, text);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        situations.forEach((situation, kinds) -> {
            text.append("### ").append(situation).append('\n').append(HEAD);
            kinds.forEach((kind, cells) -> text.append("| %s | %s | %s |%n"
                    .formatted(kind, cells.getOrDefault(Variant.WITHOUT, ""), cells.getOrDefault(Variant.WITH, ""))));
            text.append('\n');
        });
        return text.toString();
    }
}
