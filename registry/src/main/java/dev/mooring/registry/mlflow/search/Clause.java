package dev.mooring.registry.mlflow.search;

import java.util.List;

/**
 * One comparison of a filter.
 *
 * @param field what is compared
 * @param tag the key of the tag; empty where the field is no tag
 * @param operator how
 * @param values with what: one value, or a list for {@link Operator#IN} and {@link Operator#NOT_IN}
 */
public record Clause(Field field, String tag, Operator operator, List<String> values) {
    public Clause {
        values = List.copyOf(values);
    }

    /** The one value. */
    public String value() {
        return values.get(0);
    }
}
