package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.search.Clause;
import dev.mooring.registry.mlflow.search.Field;
import dev.mooring.registry.mlflow.search.Operator;
import dev.mooring.registry.store.Condition;
import dev.mooring.registry.store.KeptJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the comparisons of a filter in SQL. What a client sent gets into parameters only. */
final class Conditions {
    private static final Condition NO_PROMPT =
            new Condition("not (r.tags @> '{\"" + Prompts.TAG + "\": \"true\"}')", Map.of());

    private Conditions() {}

    /** The conditions of these comparisons. Prompts are left out unless a comparison asks for them. */
    static List<Condition> of(List<Clause> clauses, String nameColumn) {
        List<Condition> conditions = new ArrayList<>();
        boolean prompts = false;
        for (int i = 0; i < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            if (clause.field() == Field.TAG && clause.tag().equals(Prompts.TAG)) {
                boolean asked = asksForPrompts(clause);
                prompts |= asked;
                if (!asked) {
                    continue;
                }
            }
            conditions.add(condition(clause, "p" + i, nameColumn));
        }
        if (!prompts) {
            conditions.add(NO_PROMPT);
        }
        return conditions;
    }

    private static boolean asksForPrompts(Clause clause) {
        return switch (clause.operator()) {
            case EQUAL -> clause.value().equalsIgnoreCase("true");
            case NOT_EQUAL -> clause.value().equalsIgnoreCase("false");
            default -> false;
        };
    }

    private static Condition condition(Clause clause, String parameter, String nameColumn) {
        return switch (clause.field()) {
            case NAME -> text(nameColumn(clause, nameColumn), clause, parameter);
            case RUN_ID -> text(runColumn(clause), clause, parameter);
            case SOURCE_PATH -> text("r.source", clause, parameter);
            case VERSION_NUMBER ->
                Condition.of(
                        "r.version " + clause.operator().sql() + " :" + parameter, parameter, number(clause.value()));
            case TAG -> tag(clause, parameter);
        };
    }

    /** The names of models compare by code point, and in such a comparison only A to Z have a case. */
    private static String nameColumn(Clause clause, String column) {
        return clause.operator() == Operator.ILIKE ? column + " collate \"default\"" : column;
    }

    /** A version without a run has an empty one, as in MLflow. A comparison that cannot mean such a version can use the index. */
    private static String runColumn(Clause clause) {
        boolean names = clause.operator() == Operator.EQUAL || clause.operator() == Operator.IN;
        return names && !clause.values().contains("") ? "r.run_id" : "coalesce(r.run_id, '')";
    }

    private static Condition text(String column, Clause clause, String parameter) {
        boolean isList = clause.operator() == Operator.IN || clause.operator() == Operator.NOT_IN;
        String right = isList ? " (:" + parameter + ")" : " :" + parameter;
        return Condition.of(
                column + " " + clause.operator().sql() + right, parameter, isList ? clause.values() : clause.value());
    }

    /** A comparison for equality finds its rows in the index of the tags, and the others those that have the key. */
    private static Condition tag(Clause clause, String parameter) {
        if (clause.operator() == Operator.EQUAL) {
            String wanted = KeptJson.text(Map.of(clause.tag(), clause.value()));
            return Condition.of("r.tags @> cast(:" + parameter + " as jsonb)", parameter, wanted);
        }
        String key = parameter + "k";
        return new Condition(
                "r.tags ?? :" + key + " and r.tags ->> :" + key + " "
                        + clause.operator().sql() + " :" + parameter,
                Map.of(key, clause.tag(), parameter, clause.value()));
    }

    /** A number that no version can have becomes one that no version has, on the same side. */
    private static long number(String text) {
        BigInteger number = Given.whole(text)
                .orElseThrow(() -> MlflowException.invalid(
                        "The filter compares version_number with " + text + "; expected a whole number."));
        return number.max(BigInteger.valueOf(-1))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
