package dev.mooring.cli.service;

import java.util.List;
import java.util.Map;

/** Turns the advice of a service, which names calls, into advice for a person who types commands. */
final class CommandWords {
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("/ops/breakers lists them", "mooring breaker list shows them"),
            Map.entry("/ops/pools lists them", "mooring pool show lists them"),
            Map.entry("/ops/dead-letters lists them", "mooring dead-letters list shows them"),
            Map.entry("GET /ops/audit/verification says", "mooring audit verify says"),
            Map.entry("GET /ops/audit/checkpoint gives it", "mooring audit verify prints it"),
            Map.entry("POST /ops/keys", "mooring keys create"));

    private CommandWords() {}

    static String of(String detail) {
        String words = detail;
        for (Map.Entry<String, String> one : WORDS) {
            words = words.replace(one.getKey(), one.getValue());
        }
        return words;
    }
}
