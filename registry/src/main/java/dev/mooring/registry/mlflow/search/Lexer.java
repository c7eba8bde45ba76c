package dev.mooring.registry.mlflow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a filter into its parts. */
final class Lexer {
    /** A quote inside of a text is written twice. The possessive quantifiers keep the time linear. */
    private static final Pattern PART = Pattern.compile(
            "\\s*+(?:'(?<text>(?:[^']|'')*+)'|\"(?<quoted>(?:[^\"]|\"\")*+)\"|`(?<backticked>[^`]*+)`"
                    + "|(?<number>[+-]?[0-9]++(?:\\.[0-9]++)?+)(?!\\w)|(?<word>[\\p{L}_][\\p{L}\\p{Nd}_/-]*+)"
                    + "|(?<operator>!=|<>|<=|>=|=|<|>)|(?<mark>[.,()]))",
            Pattern.DOTALL);

    private static final Map<String, Token.Kind> GROUPS = Map.of(
            "text", Token.Kind.TEXT,
            "quoted", Token.Kind.QUOTED,
            "backticked", Token.Kind.BACKTICKED,
            "number", Token.Kind.NUMBER,
            "word", Token.Kind.WORD,
            "operator", Token.Kind.OPERATOR,
            "mark", Token.Kind.MARK);

    private Lexer() {}

    /**
     * The parts in their order.
     *
     * @throws SearchException the text holds what can be no part of a filter
     */
    static List<Token> split(String filter) {
        List<Token> tokens = new ArrayList<>();
        Matcher part = PART.matcher(filter);
        int end = filter.stripTrailing().length();
        int at = 0;
        while (at < end) {
            if (!part.region(at, filter.length()).lookingAt()) {
                throw new SearchException(
                        "The filter is not understood from here on: " + SearchException.shown(filter.substring(at)));
            }
            tokens.add(token(part));
            at = part.end();
        }
        return tokens;
    }

    private static Token token(Matcher part) {
        for (Map.Entry<String, Token.Kind> group : GROUPS.entrySet()) {
            String text = part.group(group.getKey());
            if (text != null) {
                return new Token(group.getValue(), unescaped(text, group.getValue()));
            }
        }
        throw new IllegalStateException("the pattern has no other group");
    }

    private static String unescaped(String text, Token.Kind kind) {
        return switch (kind) {
            case TEXT -> text.replace("''", "'");
            case QUOTED -> text.replace("\"\"", "\"");
            default -> text;
        };
    }
}
