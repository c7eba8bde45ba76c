package dev.mooring.registry.mlflow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads filters such as {@code name LIKE 'churn%' AND tags.team = 'growth'}: comparisons joined by AND. Each keeps its place in the list
 * of parts.
 */
public final class Filter {
    private static final Map<String, Operator> SIGNS = Stream.of(Operator.values())
            .filter(operator -> !Character.isLetter(operator.sql().charAt(0)))
            .collect(Collectors.toUnmodifiableMap(Operator::sql, operator -> operator));

    private final Subject subject;
    private final List<Token> tokens;
    private int at;

    private Filter(Subject subject, List<Token> tokens) {
        this.subject = subject;
        this.tokens = tokens;
    }

    /**
     * The comparisons of a filter; none for an empty text.
     *
     * @throws SearchException the filter is not understood
     */
    public static List<Clause> parse(String filter, Subject subject) {
        return filter.isEmpty() ? List.of() : new Filter(subject, Lexer.split(filter)).clauses();
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        clauses.add(clause());
        while (at < tokens.size()) {
            if (!next("AND").isWord("and")) {
                throw new SearchException("The filter has " + tokens.get(at - 1)
                        + " after a comparison; comparisons can only be joined by AND.");
            }
            clauses.add(clause());
        }
        return List.copyOf(clauses);
    }

    private Clause clause() {
        String name = word(next("the name of a field"));
        boolean hasKey = at < tokens.size() && tokens.get(at).is(".");
        String key = hasKey ? keyOf(name) : "";
        boolean isTag = hasKey && !name.equals("attribute");
        Field field = isTag ? Field.TAG : subject.field(hasKey ? key : name);
        Operator operator = operator();
        if (!field.takes(operator)) {
            throw new SearchException("The filter compares " + SearchException.shown(hasKey ? name + "." + key : name)
                    + " with " + operator.sql() + ", which is not possible for this field.");
        }
        return new Clause(field, isTag ? key : "", operator, values(field, operator));
    }

    /** The key after {@code tags.} or {@code attribute.} Only a key of a tag may have quotes, and one without quotes may have dots. */
    private String keyOf(String prefix) {
        boolean isTag = prefix.equals("tag") || prefix.equals("tags");
        if (!isTag && !prefix.equals("attribute")) {
            throw new SearchException(
                    "The filter has " + SearchException.shown(prefix) + " before a dot; expected tags or attribute.");
        }
        at++;
        Token first = next("a key");
        boolean isQuoted = isTag
                && (first.kind() == Token.Kind.BACKTICKED
                        || first.kind() == Token.Kind.QUOTED
                        || first.kind() == Token.Kind.TEXT);
        if (isQuoted) {
            return first.kind() == Token.Kind.BACKTICKED ? first.text() : withoutBackticks(first.text());
        }
        StringBuilder key = new StringBuilder(word(first));
        while (at + 1 < tokens.size() && tokens.get(at).is(".")) {
            key.append('.').append(word(tokens.get(at + 1)));
            at += 2;
        }
        return key.toString();
    }

    private static String withoutBackticks(String key) {
        boolean has = key.length() > 1 && key.startsWith("`") && key.endsWith("`");
        return has ? key.substring(1, key.length() - 1) : key;
    }

    private static String word(Token token) {
        if (token.kind() != Token.Kind.WORD) {
            throw new SearchException("The filter has " + token + " where the name of a field belongs.");
        }
        return token.text();
    }

    private Operator operator() {
        Token token = next("a comparison");
        Operator sign = SIGNS.get(token.text());
        if (token.kind() == Token.Kind.OPERATOR && sign != null) {
            return sign;
        }
        if (token.isWord("not") && next("IN").isWord("in")) {
            return Operator.NOT_IN;
        }
        return Stream.of(Operator.LIKE, Operator.ILIKE, Operator.IN)
                .filter(operator -> token.isWord(operator.sql()))
                .findFirst()
                .orElseThrow(() -> new SearchException("The filter has " + token + " where a comparison belongs."));
    }

    private List<String> values(Field field, Operator operator) {
        if (operator != Operator.IN && operator != Operator.NOT_IN) {
            return List.of(value(field, operator));
        }
        List<String> values = new ArrayList<>();
        Token mark = next("a list");
        if (!mark.is("(")) {
            throw new SearchException(
                    "The filter has " + mark + " after " + operator.sql() + "; expected a list such as ('a', 'b').");
        }
        do {
            values.add(value(field, operator));
            mark = next("a comma or a closing parenthesis");
        } while (mark.is(","));
        if (!mark.is(")")) {
            throw new SearchException(
                    "The filter has " + mark + " in a list; expected a comma or a closing parenthesis.");
        }
        return values;
    }

    private String value(Field field, Operator operator) {
        Token value = next("a value");
        boolean isText = value.kind() == Token.Kind.TEXT || value.kind() == Token.Kind.QUOTED;
        boolean wanted = isText || (field == Field.VERSION_NUMBER && value.kind() == Token.Kind.NUMBER);
        if (!wanted) {
            throw new SearchException("The filter has the value " + value + "; expected "
                    + (field == Field.VERSION_NUMBER ? "a number." : "a text in quotes."));
        }
        if (value.text().indexOf('\0') >= 0) {
            throw new SearchException("The filter has a value with a NUL character, which no text can hold.");
        }
        boolean isPattern = operator == Operator.LIKE || operator == Operator.ILIKE;
        if (isPattern && endsWithEscape(value.text())) {
            throw SearchException.databases(
                    "The filter has the pattern " + value + ", which ends with a single backslash.");
        }
        return value.text();
    }

    private static boolean endsWithEscape(String pattern) {
        int end = pattern.length();
        while (end > 0 && pattern.charAt(end - 1) == '\\') {
            end--;
        }
        return (pattern.length() - end) % 2 == 1;
    }

    private Token next(String expected) {
        if (at == tokens.size()) {
            throw new SearchException("The filter ends where " + expected + " belongs.");
        }
        return tokens.get(at++);
    }
}
