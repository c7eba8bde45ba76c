package dev.mooring.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: {@code 23 ms}, {@code 0.8 s}, {@code 2 min 10 s}, {@code 3 h 5 min}, {@code 4 d 2 h}. */
public final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int SHORT = 100;
    private static final int PRECISE = 10_000;

    private Durations() {}

    /** A duration with its two largest units; a negative one counts as 0. */
    public static String text(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < SHORT) {
            return millis + " ms";
        }
        if (millis < PRECISE) {
            return String.format(Locale.ROOT, millis % 1_000 == 0 ? "%.0f s" : "%.1f s", millis / 1e3);
        }
        long seconds = millis / 1_000;
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds, MINUTE, "min", 1, "s");
        }
        return seconds < DAY ? two(seconds, HOUR, "h", MINUTE, "min") : two(seconds, DAY, "d", HOUR, "h");
    }

    private static String two(long seconds, long large, String largeUnit, long small, String smallUnit) {
        long rest = seconds % large / small;
        return seconds / large + " " + largeUnit + (rest == 0 ? "" : " " + rest + " " + smallUnit);
    }
}
