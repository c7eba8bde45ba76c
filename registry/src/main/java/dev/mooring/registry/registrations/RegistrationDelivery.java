package dev.mooring.registry.registrations;

import dev.mooring.Dependency;
import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.NotSentException;
import dev.mooring.messages.DeliveryAttempt;
import dev.mooring.messages.Result;
import dev.mooring.messages.SingleDelivery;
import dev.mooring.probe.Finding;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes a registration to MLflow. A version carries the id of its registration as a tag. After a first attempt, whose outcome may be unknown,
 * it looks for the tag before it makes a version again, and not before the call of that attempt must have ended; so there is one version for
 * each registration, unless MLflow ends a call later than it answers searches. {@link SecondLook} finds that. Thread-safe.
 */
final class RegistrationDelivery implements SingleDelivery {
    /** With less time than that the last call would only be cut off. */
    private static final Duration WORTH_SENDING = Duration.ofMillis(500);

    private static final String ABSENT = "RESOURCE_DOES_NOT_EXIST";

    private final MlflowCalls calls;
    private final Dependency mlflow;
    private final Verdict verdict;
    private final Outcomes outcomes;
    private final Duration margin;
    private final Time time;

    /** @param margin the time before the end of a lease from which on no call runs */
    RegistrationDelivery(MlflowCalls calls, Dependency mlflow, Outcomes outcomes, Duration margin, Time time) {
        this.calls = calls;
        this.mlflow = mlflow;
        this.verdict = new Verdict(mlflow);
        this.outcomes = outcomes;
        this.margin = margin;
        this.time = time;
    }

    @Override
    public boolean isReady() {
        return isReady(mlflow);
    }

    static boolean isReady(Dependency mlflow) {
        BreakerState state = mlflow.breaker().view().state();
        return state != BreakerState.OPEN && state != BreakerState.FORCED_OPEN;
    }

    @Override
    public Result deliver(DeliveryAttempt attempt) {
        Duration left = attempt.left().minus(margin);
        if (left.compareTo(WORTH_SENDING) < 0) {
            return new Result.Later(FailureKind.SATURATED, "this process paused before it sent anything");
        }
        Payload payload = Payload.read(attempt.message().payload());
        boolean again = attempt.number() > 1;
        try (Deadline.Scope scope = Deadline.in(left, time).open()) {
            return again ? findOrMake(attempt, payload) : make(attempt, payload, false);
        } catch (NotSentException notSent) {
            return later(notSent, "nothing was sent");
        } catch (HttpCallException unknown) {
            return later(unknown, "MLflow may have made the version, so it is looked for before it is made again");
        }
    }

    private static Result later(HttpCallException ended, String meaning) {
        return new Result.Later(ended.kind().orElse(FailureKind.UNKNOWN), ended.getMessage() + "; " + meaning);
    }

    private Result findOrMake(DeliveryAttempt attempt, Payload payload) throws HttpCallException {
        Optional<Result> found = found(attempt, payload, calls.made(payload));
        return found.isPresent() ? found.get() : make(attempt, payload, true);
    }

    /** What follows from the answer to a search; empty if MLflow has no version of the registration. */
    private Optional<Result> found(DeliveryAttempt attempt, Payload payload, TaggedVersions.Answer answer) {
        Optional<List<MadeVersion>> versions = answer.versions();
        if (versions.isEmpty()) {
            // What MLflow says about a search says nothing about the registration.
            Finding trouble = answer.reply().trouble();
            verdict.tell(trouble);
            return Optional.of(new Result.Later(trouble.kind(), trouble.message()));
        }
        return versions.get().stream()
                .findFirst()
                .map(version -> registered(attempt, payload, Made.before(version), true));
    }

    /** Makes the version, and its model if there is none. */
    private Result make(DeliveryAttempt attempt, Payload payload, boolean again) throws HttpCallException {
        long sentAt = System.nanoTime();
        MlflowReply reply = calls.createVersion(payload);
        Optional<Made.Model> model = Optional.empty();
        if (reply.isError(ABSENT)) {
            // An earlier attempt may have made the version before its model got another name.
            Optional<Result> moved = again ? found(attempt, payload, calls.moved(payload)) : Optional.empty();
            if (moved.isPresent()) {
                return moved.get();
            }
            long sentModelAt = System.nanoTime();
            MlflowReply answer = calls.createModel(payload.name());
            if (answer.content().isEmpty() && !answer.isError("RESOURCE_ALREADY_EXISTS")) {
                return refused(payload, answer, again);
            }
            model = answer.content().flatMap(content -> Made.Model.of(content, sentModelAt));
            sentAt = System.nanoTime();
            reply = calls.createVersion(payload);
        }
        Optional<MadeVersion> made = reply.content().flatMap(content -> MadeVersion.of(content.path("model_version")));
        if (made.isPresent()) {
            return registered(attempt, payload, new Made(made.get(), OptionalLong.of(sentAt), model), again);
        }
        // The model is there by now, so it is the version that the source names which does not exist.
        boolean isOfSource = reply.isError(ABSENT) && payload.source().startsWith("models:/");
        return isOfSource ? verdict.ofSource(reply) : refused(payload, reply, again);
    }

    private Result registered(DeliveryAttempt attempt, Payload payload, Made made, boolean again) {
        verdict.well();
        Optional<String> traceparent = attempt.message().traceparent();
        return new Result.Delivered(connection -> outcomes.registered(connection, payload, made, traceparent, again));
    }

    private Result refused(Payload payload, MlflowReply reply, boolean again) {
        return verdict.of(reply, (connection, cause) -> outcomes.rejected(connection, payload, cause, again));
    }
}
