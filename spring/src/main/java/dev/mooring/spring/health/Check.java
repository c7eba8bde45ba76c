package dev.mooring.spring.health;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the checks behind liveness or readiness.
 *
 * @param name its name, that of a dependency for example
 * @param state its state in one word; {@code ok} when all is well
 * @param reasons why it fails, one text each as the report words it; empty when it passes
 */
record Check(String name, String state, List<String> reasons) {
    static final String OK = "ok";

    Check {
        reasons = List.copyOf(reasons);
    }

    boolean passes() {
        return reasons.isEmpty();
    }

    /** The line about it, in the form of Kubernetes' own paths. */
    String line(boolean excluded) {
        if (excluded) {
            return "[+]" + name + " excluded: " + OK;
        }
        return passes() ? "[+]" + name + " " + state : "[-]" + name + " failed: " + why();
    }

    /** The reasons without the name, which the line begins with. */
    private String why() {
        String prefix = name + ": ";
        return reasons.stream()
                .map(reason -> reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason)
                .collect(Collectors.joining("; "));
    }
}
