package dev.mooring.registry.mlflow.search;

import java.util.EnumSet;
import java.util.Set;

/** A field that a filter compares. */
public enum Field {
    /** The name of the model. */
    NAME(EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.LIKE, Operator.ILIKE, Operator.IN, Operator.NOT_IN)),
    /** The run that made the version. */
    RUN_ID(EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.LIKE, Operator.ILIKE, Operator.IN, Operator.NOT_IN)),
    /** The source of the version. */
    SOURCE_PATH(EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.LIKE, Operator.ILIKE)),
    /** The number of the version. */
    VERSION_NUMBER(EnumSet.of(
            Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST)),
    /** A tag. */
    TAG(EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.LIKE, Operator.ILIKE));

    private final Set<Operator> operators;

    Field(Set<Operator> operators) {
        this.operators = operators;
    }

    /** Whether a filter may compare it so. */
    boolean takes(Operator operator) {
        return operators.contains(operator);
    }
}
