package dev.mooring.operations.access;

import dev.mooring.spring.problem.Problem;
import java.util.Set;

/** The answer to a caller whose key lacks the scope of a call. */
public final class ScopeMissing {
    private ScopeMissing() {}

    /**
     * 403 {@code scope_missing}, with the scopes that are missing in {@code scope}, separated by spaces.
     *
     * @param detail what the caller may not do, for people; the answer adds the scopes
     */
    public static Problem problem(String detail, Set<Scope> missing) {
        String scopes = String.join(" ", Scope.codes(missing));
        return Problem.of(403, "scope_missing", detail + " Missing: " + scopes + ".")
                .with("scope", scopes);
    }
}
