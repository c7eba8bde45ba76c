package dev.mooring.cli.terminal;

import java.io.PrintWriter;

/** Progress, hints and warnings of a command, on standard error. The option {@code -q} silences them. Not thread-safe. */
public final class Notes {
    private final PrintWriter err;
    private boolean quiet;

    public Notes(PrintWriter err) {
        this.err = err;
    }

    /** Prints one line, unless the user wants none. */
    public void say(String line) {
        if (!quiet) {
            err.println(SafeText.of(line));
        }
    }

    /** Whether to print nothing from now on. */
    public void silence(boolean wanted) {
        quiet = wanted;
    }
}
