package dev.mooring.spring.problem;

/**
 * Ends a request with a {@link Problem}. It is an intended response, so it has no stack trace and the starter does not log it.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Ends the request with {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Ends the request with {@link Problem#notFound}. */
    public static ProblemException notFound(String code, String detail) {
        return new ProblemException(Problem.notFound(code, detail));
    }

    /** The response. */
    public Problem problem() {
        return problem;
    }
}
