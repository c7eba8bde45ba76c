package dev.mooring.registry.registrations;

import dev.mooring.Dependency;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Result;
import dev.mooring.probe.Finding;
import dev.mooring.registry.backend.MlflowReply;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What MLflow's answer to a registration means when it is no success. Only what MLflow itself says about this registration rejects it; what a
 * proxy says, or MLflow about itself, makes the registration wait, and health tells what to fix. Thread-safe.
 */
final class Verdict {
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

    /** The code by which MLflow refuses a request for what it says. */
    private static final String INVALID = "INVALID_PARAMETER_VALUE";

    private static final String INTERNAL = "INTERNAL_ERROR";

    /** Longer than the longest pause between two attempts, so that the finding stands while a registration waits. */
    private static final Duration HOLDS = Duration.ofMinutes(3);

    /** The kinds that this class shows in health, besides the outages that the breaker sees itself. */
    private static final Set<FailureKind> TOLD = EnumSet.of(
            FailureKind.AUTHENTICATION_FAILED,
            FailureKind.PERMISSION_DENIED,
            FailureKind.HOST_NOT_ALLOWED,
            FailureKind.PROTOCOL_ERROR,
            FailureKind.TOO_MANY_CONNECTIONS,
            FailureKind.HTTP_ERROR);

    private final Dependency mlflow;

    Verdict(Dependency mlflow) {
        this.mlflow = mlflow;
    }

    /** What the answer means for the registration. {@code rejected} makes the changes that go with a rejection. */
    Result of(MlflowReply reply, Rejection rejected) {
        if (reply.isError(INVALID)) {
            String cause = Cause.of(reply.errorMessage());
            return new Result.Rejected(FailureKind.HTTP_ERROR, cause, connection -> rejected.on(connection, cause));
        }
        Finding trouble = reply.trouble();
        LOG.debug("MLflow answered {} {}", reply.status(), reply.errorMessage());
        if (reply.isError(INTERNAL) && !mlflow.isSuspected()) {
            return new Result.Refused(trouble.kind(), trouble.message());
        }
        tell(trouble);
        return new Result.Later(trouble.kind(), trouble.message());
    }

    /**
     * What it means that MLflow has no version which the source names. Somebody may make that version yet, so this rejects nothing. Perhaps
     * it never comes, so the refusal counts, and one wrong source does not hold up the other registrations of its model for ever.
     */
    Result ofSource(MlflowReply reply) {
        Finding trouble = reply.trouble();
        String message = "answers RESOURCE_DOES_NOT_EXIST: it has no version that the source names";
        return mlflow.isSuspected()
                ? new Result.Later(trouble.kind(), message)
                : new Result.Refused(trouble.kind(), message);
    }

    /** Shows in health why registrations wait. */
    void tell(Finding trouble) {
        mlflow.note(new Finding(trouble.kind(), "registrations wait: MLflow " + trouble.message()), HOLDS);
    }

    /** MLflow did what was asked, so nothing is wrong with it any more. */
    void well() {
        TOLD.forEach(mlflow::clear);
    }

    /** The changes that go with a rejection, in one transaction. */
    @FunctionalInterface
    interface Rejection {
        void on(Connection connection, String cause) throws SQLException;
    }
}
