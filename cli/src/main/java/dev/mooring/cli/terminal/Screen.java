package dev.mooring.cli.terminal;

import dev.mooring.spring.environment.Terminal;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What results are printed on.
 *
 * @param isTerminal whether a person reads them on a terminal that can move its cursor
 * @param ansi whether they are coloured
 */
public record Screen(boolean isTerminal, Ansi ansi) {
    /** The one of this process. A variable {@code NO_COLOR} that is not empty, and {@code TERM=dumb}, switch colours off. */
    public static Screen of(Map<String, String> environment) {
        return of(environment, Terminal.isThere());
    }

    static Screen of(Map<String, String> environment, boolean isThere) {
        boolean isAble = isThere && !environment.getOrDefault("TERM", "").equals("dumb");
        boolean wantsColour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Screen(isAble, isAble && wantsColour ? Ansi.ON : Ansi.OFF);
    }
}
