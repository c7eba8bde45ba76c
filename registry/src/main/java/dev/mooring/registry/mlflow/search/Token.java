package dev.mooring.registry.mlflow.search;

import dev.mooring.spring.body.Text;

/**
 * A part of a filter.
 *
 * @param kind what it is
 * @param text the name, the operator in upper case, the number, or the quoted text without its quotes
 */
record Token(Kind kind, String text) {
    enum Kind {
        /** A name without quotes, such as {@code tags} or {@code and}. */
        WORD,
        /** {@code = != < <= > >=}. */
        OPERATOR,
        /** A text in single quotes. */
        TEXT,
        /** A text in double quotes: a value, or a key after a dot. */
        QUOTED,
        /** A key in backticks. */
        BACKTICKED,
        /** A number. */
        NUMBER,
        /** {@code . , ( )}. */
        MARK
    }

    boolean is(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case TEXT -> "'" + Text.shown(text) + "'";
            case QUOTED -> "\"" + Text.shown(text) + "\"";
            case BACKTICKED -> "`" + Text.shown(text) + "`";
            default -> Text.shown(text);
        };
    }
}
