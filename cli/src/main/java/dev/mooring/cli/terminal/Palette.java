package dev.mooring.cli.terminal;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Colours of a result; none where the user wants none.
 *
 * @param ansi whether there are colours
 */
public record Palette(Ansi ansi) {
    public String bold(String text) {
        return styled(text, Style.bold);
    }

    public String good(String text) {
        return styled(text, Style.fg_green);
    }

    public String doubtful(String text) {
        return styled(text, Style.fg_yellow);
    }

    public String bad(String text) {
        return styled(text, Style.fg_red);
    }

    private String styled(String text, Style style) {
        return CommandLine.Help.defaultColorScheme(ansi)
                .apply(text, List.of(style))
                .toString();
    }
}
