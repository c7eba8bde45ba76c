package dev.mooring.registry.mlflow.search;

/** How a filter compares. */
public enum Operator {
    /** Equal. */
    EQUAL("="),
    /** Not equal; a tag that is not there is neither. */
    NOT_EQUAL("!="),
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    AT_MOST("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    AT_LEAST(">="),
    /** Like a pattern in which {@code %} stands for any text and {@code _} for one character. */
    LIKE("LIKE"),
    /** The same, whatever the case of the letters. */
    ILIKE("ILIKE"),
    /** One of a list. */
    IN("IN"),
    /** None of a list. */
    NOT_IN("NOT IN");

    private final String sql;

    Operator(String sql) {
        this.sql = sql;
    }

    /** The operator in SQL, and in a filter. */
    public String sql() {
        return sql;
    }
}
