package dev.mooring.cli.terminal;

import dev.mooring.settings.SettingCatalog;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command gets from the program.
 *
 * @param environment the environment variables; secrets are among them, so {@link #toString()} leaves them out
 * @param catalog every setting of the service
 * @param out for results
 * @param err for progress, warnings and mistakes
 * @param ansi whether results are coloured
 */
public record Surroundings(
        Map<String, String> environment, SettingCatalog catalog, PrintWriter out, PrintWriter err, Ansi ansi) {
    @Override
    public String toString() {
        return "surroundings";
    }
}
