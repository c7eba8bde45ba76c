package dev.mooring.spring.body;

import dev.mooring.spring.problem.FieldProblem;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, one entry for each field, so that one answer names every mistake. Not thread-safe. */
public final class Mistakes {
    /** Further mistakes are counted and not listed, so that an answer is never larger than its request. */
    private static final int MOST_LISTED = 50;

    private final Map<String, String> byField = new LinkedHashMap<>();
    private int unlisted;

    /** Adds what is wrong with a field; the first entry of a field stays. */
    public void add(String field, String message) {
        if (byField.size() < MOST_LISTED) {
            byField.putIfAbsent(field, message);
        } else if (!byField.containsKey(field)) {
            unlisted++;
        }
    }

    /** Adds an entry unless {@code objection} is null. */
    public void addIf(String field, @Nullable String objection) {
        if (objection != null) {
            add(field, objection);
        }
    }

    /** The fields that have an entry, in the order of {@link #add}. */
    public Set<String> fields() {
        return byField.keySet();
    }

    /** Ends the request with 422 {@code invalid_request} and one element of {@code errors} for each field, if there are any. */
    public void refuseIfAny() {
        if (fields().isEmpty()) {
            return;
        }
        List<FieldProblem> errors = new ArrayList<>();
        byField.forEach((field, message) -> errors.add(new FieldProblem(field, message)));
        if (unlisted > 0) {
            errors.add(new FieldProblem("", "and " + unlisted + " more mistakes that are not listed"));
        }
        throw new ProblemException(Problem.invalid(errors));
    }
}
