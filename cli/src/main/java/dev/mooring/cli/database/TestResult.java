package dev.mooring.cli.database;

import java.time.Duration;
import java.util.Locale;

/**
 * How one test ended.
 *
 * @param name the name that scripts look for
 * @param passed whether it passed
 * @param took its time
 * @param detail what it found, for people; may be empty
 */
record TestResult(String name, boolean passed, Duration took, String detail) {
    /** The line for people and for scripts: {@code Basic Connection: PASSED (0.02s)} and the detail. */
    String line() {
        String verdict =
                String.format(Locale.ROOT, "%s: %s (%.2fs)", name, passed ? "PASSED" : "FAILED", took.toNanos() / 1e9);
        return detail.isEmpty() ? verdict : verdict + "   " + detail;
    }
}
