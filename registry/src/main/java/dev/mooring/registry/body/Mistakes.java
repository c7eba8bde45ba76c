package dev.mooring.registry.body;

import dev.mooring.spring.problem.FieldProblem;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request, collected so that a client reads all of it at once: one entry for each field. One thread only. */
public final class Mistakes {
    /** More are counted and not listed: an answer must not be larger than its request. */
    private static final int MOST_LISTED = 50;

    private final Map<String, String> byField = new LinkedHashMap<>();
    private int unlisted;

    /** Notes what is wrong with a field; of several things the first stays. */
    public void add(String field, String message) {
        if (byField.size() < MOST_LISTED) {
            byField.putIfAbsent(field, message);
        } else if (!byField.containsKey(field)) {
            unlisted++;
        }
    }

    /** Notes it if there is an objection. */
    public void addIf(String field, @Nullable String objection) {
        if (objection != null) {
            add(field, objection);
        }
    }

    /** The fields that something is wrong with, in the order they were noted. */
    public Set<String> fields() {
        return byField.keySet();
    }

    /** Ends the request with 422 if anything was noted. */
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
