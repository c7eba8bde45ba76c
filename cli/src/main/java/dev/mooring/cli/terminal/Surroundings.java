package dev.mooring.cli.terminal;

import dev.mooring.settings.SettingCatalog;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command gets from the program.
 *
 * @param environment the environment variables; secrets are among them, so {@link #toString()} leaves them out
 * @param catalog every setting of the service
 * @param out for results
 * @param err for mistakes and failures
 * @param ansi whether results are coloured
 * @param notes for progress, hints and warnings
 * @param terminal whether standard output is a terminal
 * @param clock the wall clock
 */
public record Surroundings(
        Map<String, String> environment,
        SettingCatalog catalog,
        PrintWriter out,
        PrintWriter err,
        Ansi ansi,
        Notes notes,
        boolean terminal,
        Clock clock) {
    private static final int WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    /** Surroundings without a terminal, with the clock of this machine; notes go to {@code err}. */
    public Surroundings(
            Map<String, String> environment, SettingCatalog catalog, PrintWriter out, PrintWriter err, Ansi ansi) {
        this(environment, catalog, out, err, ansi, new Notes(err), false, Clock.systemUTC());
    }

    /** How many columns a line has: those of the terminal, as {@code COLUMNS} gives them; otherwise 80. */
    public int width() {
        if (terminal) {
            try {
                return Math.max(LEAST_WIDTH, Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
            } catch (NumberFormatException unknown) {
                // It is 80 then.
            }
        }
        return WIDTH;
    }

    /** Prints one line about a failure, for the person at the terminal. */
    public void fail(String what) {
        err.println("mooring: " + SafeText.of(what));
    }

    @Override
    public String toString() {
        return "surroundings";
    }
}
