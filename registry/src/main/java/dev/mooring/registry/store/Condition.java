package dev.mooring.registry.store;

import java.util.Map;

/**
 * A condition on the rows of a search.
 *
 * @param sql an SQL expression on the row {@code r}, whose values are named parameters; never text that a client sent
 * @param values the value of each parameter
 */
public record Condition(String sql, Map<String, Object> values) {
    public Condition {
        values = Map.copyOf(values);
    }

    /** A condition with one parameter. */
    public static Condition of(String sql, String parameter, Object value) {
        return new Condition(sql, Map.of(parameter, value));
    }
}
