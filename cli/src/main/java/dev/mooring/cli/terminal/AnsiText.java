package dev.mooring.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with colours, as wide as the terminal shows it. */
public final class AnsiText {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final String PLAIN = "\u001B[0m";

    private AnsiText() {}

    /** How many columns the text takes. */
    public static int width(String text) {
        return COLOUR.matcher(text).replaceAll("").length();
    }

    /** The text in at most {@code most} columns; where it is longer it ends with an ellipsis. */
    public static String cut(String text, int most) {
        if (width(text) <= most) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        Matcher colour = COLOUR.matcher(text);
        boolean coloured = false;
        int columns = 0;
        for (int at = 0; columns < most - 1; at++) {
            if (colour.find(at) && colour.start() == at) {
                cut.append(colour.group());
                coloured = true;
                at = colour.end() - 1;
            } else {
                cut.append(text.charAt(at));
                columns++;
            }
        }
        return cut.append('…').append(coloured ? PLAIN : "").toString();
    }
}
