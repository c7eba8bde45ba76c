package dev.mooring.registry.models;

import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.registry.store.UnclearCommitException;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.util.UUID;

/** The error answers of the calls on models. */
final class ModelProblems {
    private static final Duration SOON = Duration.ofSeconds(1);

    private ModelProblems() {}

    static ProblemException noModel(String name) {
        return ProblemException.notFound("model_not_found", "There is no model \"" + name + "\".");
    }

    static ProblemException noVersion(String name, String version) {
        return ProblemException.notFound(
                "model_not_found", "There is no version \"" + version + "\" of a model \"" + name + "\".");
    }

    static ProblemException noAlias(String name, String alias) {
        return ProblemException.notFound(
                "alias_not_found", "There is no alias \"" + alias + "\" of a model \"" + name + "\".");
    }

    static ProblemException noRegistration(String id) {
        return ProblemException.notFound("registration_not_found", "There is no registration \"" + id + "\".");
    }

    static ProblemException registrationElsewhere(UUID id) {
        return ProblemException.notFound(
                "registration_not_found",
                "Registration \"" + id + "\" is not in the registry that the service works with now. It was made in the"
                        + " other one: the service keeps its own registry while MLFLOW_TRACKING_URI is not set, and works"
                        + " with MLflow's while it is.");
    }

    static ProblemException rejected(Registration registration) {
        return new ProblemException(Problem.of(
                        422,
                        "registration_rejected",
                        "MLflow refused this registration: "
                                + registration.cause().orElse("it gave no cause"))
                .with("registration_id", registration.id().toString()));
    }

    /** {@code standing} is the registration of the request that used the key before. */
    static ProblemException idempotencyKeyReused(Registration standing) {
        String version = standing.version().isPresent()
                ? "version " + standing.version().getAsLong() + " of "
                : "a registration of ";
        Problem problem = Problem.of(
                        422,
                        "idempotency_key_reused",
                        "This " + IdempotencyKey.HEADER + " was used for a different request, which made " + version
                                + "\"" + standing.name()
                                + "\". Send a new key with a new request, and the same key only"
                                + " with the same body.")
                .with("registration_id", standing.id().toString());
        return new ProblemException(
                standing.version().isPresent()
                        ? problem.with(
                                "version", String.valueOf(standing.version().getAsLong()))
                        : problem);
    }

    static ProblemException idempotencyKeyInUse() {
        return new ProblemException(Problem.of(
                        409,
                        "idempotency_key_in_use",
                        "An earlier request with this " + IdempotencyKey.HEADER
                                + " has not ended in the time that this one had. This one changed nothing. Send it again with"
                                + " the same key.")
                .withRetryAfter(SOON));
    }

    static ProblemException outcomeUnknown(UUID registration, UnclearCommitException unclear) {
        return new ProblemException(Problem.of(
                        503,
                        "outcome_unknown",
                        "The database failed during the commit, so the registration was made or it was not. Ask for"
                                + " /registrations/" + registration + ", or send the request again with the same "
                                + IdempotencyKey.HEADER + ".")
                .withRetryAfter(SOON)
                .with("registration_id", registration.toString())
                .with("kind", kind(unclear)));
    }

    private static String kind(UnclearCommitException unclear) {
        return Postgres.failures().classify(unclear).orElse(FailureKind.UNKNOWN).code();
    }

    static Problem notInEncoding() {
        return Problem.of(
                422,
                "invalid_request",
                "The request holds a character that the database cannot keep, because its encoding is not UTF8. Leave the"
                        + " character out, or have the service moved to a database with encoding UTF8.");
    }

    static Problem outcomeUnknown(UnclearCommitException unclear) {
        return Problem.of(
                        503,
                        "outcome_unknown",
                        "The database failed during the commit, so the change was made or it was not. Send the"
                                + " request again; repeating it does no harm.")
                .withRetryAfter(SOON)
                .with("kind", kind(unclear));
    }
}
