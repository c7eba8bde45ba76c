package dev.mooring.registry.gateway;

import dev.mooring.spring.problem.Problem;

/** MLflow does not work, so it gave the call no answer that is meant for the client. It reports a state, so it has no stack trace. */
final class AwayException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final Reach reach;

    /** How far the request came. */
    enum Reach {
        /** MLflow never got it. */
        NOT_SENT,
        /** MLflow, or what stands before it, refused to carry it out. */
        REFUSED,
        /** MLflow may have carried it out, or may still do so. */
        UNKNOWN
    }

    AwayException(Problem problem, Reach reach) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.reach = reach;
    }

    /** What the client hears. */
    Problem problem() {
        return problem;
    }

    Reach reach() {
        return reach;
    }
}
