package dev.mooring.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The load of this machine, which may be the reason why a step of a diagnosis was late. Linux tells it in {@code /proc/loadavg}; elsewhere it is
 * not known.
 */
final class OwnLoad {
    private static final Path FILE = Path.of("/proc/loadavg");
    /** So many tasks that want to run for each processor make answers late by themselves. */
    private static final double BUSY = 2;

    private static final String MARK = "; this machine is busy itself";

    private OwnLoad() {}

    /** What to add to a message about a late step; empty where this machine is not busy. */
    static String words() {
        return words(read(), Runtime.getRuntime().availableProcessors());
    }

    static String words(Optional<Double> load, int processors) {
        return load.filter(tasks -> tasks >= BUSY * processors)
                .map(tasks -> String.format(
                        Locale.ROOT,
                        "%s (load %.1f on %d %s), so ask again before you look at the server",
                        MARK,
                        tasks,
                        processors,
                        processors == 1 ? "processor" : "processors"))
                .orElse("");
    }

    /** Whether a message says that this machine was busy, so that its check convicts no server. */
    static boolean isIn(String message) {
        return message.contains(MARK);
    }

    private static Optional<Double> read() {
        try {
            return Optional.of(Double.valueOf(Files.readString(FILE).split(" ", 2)[0]));
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }
}
