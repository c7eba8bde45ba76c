package dev.mooring.registry.mlflow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a filter into its parts, in time linear in its length. */
final class Lexer {
    private static final Pattern SPACE = Pattern.compile("\\s++", Pattern.UNICODE_CHARACTER_CLASS);
    /** No two of them take the same text. A key may begin with a digit. */
    private static final Map<Token.Kind, Pattern> PLAIN = Map.of(
            Token.Kind.NUMBER, Pattern.compile("-?[0-9]++(?:\\.[0-9]++)?+(?!\\w)"),
            Token.Kind.WORD, Pattern.compile("[0-9]*+[\\p{L}_][\\p{L}\\p{Nd}_]*+"),
            Token.Kind.OPERATOR, Pattern.compile("!=|<>|<=|>=|=|<|>"),
            Token.Kind.MARK, Pattern.compile("[.,()]"));

    private final String filter;
    private int at;

    private Lexer(String filter) {
        this.filter = filter;
    }

    /**
     * The parts in their order.
     *
     * @throws SearchException the text holds what can be no part of a filter
     */
    static List<Token> split(String filter) {
        Lexer lexer = new Lexer(filter);
        List<Token> tokens = new ArrayList<>();
        while (lexer.hasMore()) {
            tokens.add(lexer.next());
        }
        return tokens;
    }

    private boolean hasMore() {
        matched(SPACE);
        return at < filter.length();
    }

    private Token next() {
        char first = filter.charAt(at);
        return switch (first) {
            case '\'' -> quoted(Token.Kind.TEXT, first);
            case '"' -> quoted(Token.Kind.QUOTED, first);
            case '`' -> quoted(Token.Kind.BACKTICKED, first);
            default -> plain();
        };
    }

    private Token plain() {
        for (Map.Entry<Token.Kind, Pattern> plain : PLAIN.entrySet()) {
            String text = matched(plain.getValue());
            if (!text.isEmpty()) {
                return new Token(plain.getKey(), text);
            }
        }
        throw notUnderstood();
    }

    /** The text at this place that the pattern takes, and goes behind it; empty if it takes none. */
    private String matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(filter).region(at, filter.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }

    /**
     * A text in quotes, as it stands between them. As in MLflow, a doubled quote and one after a backslash do not end the text, unless no
     * other does; both stay in it.
     */
    private Token quoted(Token.Kind kind, char quote) {
        int candidate = -1;
        int i = at + 1;
        while (i < filter.length()) {
            boolean escaped = filter.charAt(i) == '\\' && i + 1 < filter.length() && filter.charAt(i + 1) == quote;
            boolean doubled = filter.charAt(i) == quote && i + 1 < filter.length() && filter.charAt(i + 1) == quote;
            if (escaped || doubled) {
                candidate = i + 1;
                i += 2;
            } else if (filter.charAt(i) == quote) {
                return until(i, kind);
            } else {
                i++;
            }
        }
        if (candidate < 0) {
            throw notUnderstood();
        }
        return until(candidate, kind);
    }

    private Token until(int end, Token.Kind kind) {
        String text = filter.substring(at + 1, end);
        at = end + 1;
        return new Token(kind, text);
    }

    private SearchException notUnderstood() {
        return new SearchException(
                "The filter is not understood from here on: " + SearchException.shown(filter.substring(at)));
    }
}
