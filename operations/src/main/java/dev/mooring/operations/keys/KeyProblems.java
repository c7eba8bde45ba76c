package dev.mooring.operations.keys;

import dev.mooring.spring.problem.FieldProblem;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Instant;
import java.util.List;

/** The error answers of {@code /ops/keys}. */
final class KeyProblems {
    private KeyProblems() {}

    static ProblemException notFound(String id) {
        return ProblemException.notFound("key_not_found", "There is no key with the id \"" + id + "\".");
    }

    static ProblemException tooMany() {
        return new ProblemException(Problem.of(
                409,
                "too_many_keys",
                KeyTable.MOST
                        + " keys are valid, and that is the most there may be. Revoke one that is not used any more."));
    }

    static ProblemException outlivesItsMaker(Instant end) {
        String message = "must end before " + end + ", when the key that it is made with expires";
        return new ProblemException(Problem.invalid(List.of(new FieldProblem("expires_in", message))));
    }
}
