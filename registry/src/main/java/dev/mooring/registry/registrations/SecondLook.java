package dev.mooring.registry.registrations;

import dev.mooring.Dependency;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpCallException;
import dev.mooring.messages.DeliveryAttempt;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.Result;
import dev.mooring.messages.SingleDelivery;
import dev.mooring.probe.Finding;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at a registration that took more than one attempt. A call that MLflow ended long after its caller had left may have made a
 * second version; the look removes it and enters that in the audit. A second such look follows ten times as late. The outbox holds the plan, so
 * it survives the end of the process. Thread-safe.
 */
final class SecondLook implements SingleDelivery {
    /** The destination of the messages that plan looks. */
    static final String DESTINATION = "mlflow-second-look";

    static final String FIRST = "registration.look";
    static final String LAST = "registration.last_look";

    /** How much later than the first the last look follows. */
    static final int LATER = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

    private final MlflowCalls calls;
    private final Dependency mlflow;
    private final Verdict verdict;
    private final Outcomes outcomes;
    private final Removals removals;
    private final Duration pause;
    private final Duration margin;
    private final Time time;

    /**
     * Looks.
     *
     * @param pause how long after the first look the last one follows
     * @param margin the time before the end of a lease from which on no call runs
     */
    SecondLook(
            MlflowCalls calls,
            Dependency mlflow,
            Outcomes outcomes,
            Removals removals,
            Duration pause,
            Duration margin,
            Time time) {
        this.calls = calls;
        this.mlflow = mlflow;
        this.verdict = new Verdict(mlflow);
        this.outcomes = outcomes;
        this.removals = removals;
        this.pause = pause;
        this.margin = margin;
        this.time = time;
    }

    @Override
    public boolean isReady() {
        return RegistrationDelivery.isReady(mlflow);
    }

    @Override
    public Result deliver(DeliveryAttempt attempt) throws SQLException {
        Payload payload = Payload.read(attempt.message().payload());
        try (Deadline.Scope scope =
                Deadline.in(attempt.left().minus(margin), time).open()) {
            return look(payload, attempt.message().type());
        } catch (HttpCallException ended) {
            return new Result.Later(ended.kind().orElse(FailureKind.UNKNOWN), String.valueOf(ended.getMessage()));
        }
    }

    private Result look(Payload payload, String type) throws HttpCallException {
        TaggedVersions.Answer found = calls.made(payload);
        Optional<List<MadeVersion>> made = found.versions();
        if (made.isEmpty()) {
            return later(found.reply());
        }
        OptionalLong kept = removals.versionOf(payload);
        List<MadeVersion> removed = new ArrayList<>();
        for (MadeVersion version : made.get()) {
            if (kept.isEmpty() || kept.getAsLong() != version.version()) {
                removals.audit(payload, version, kept);
                MlflowReply reply = calls.deleteVersion(version.name(), version.version());
                if (reply.content().isEmpty() && !reply.isError("RESOURCE_DOES_NOT_EXIST")) {
                    return later(reply);
                }
                LOG.warn(
                        "removed version {} of {} in MLflow: registration {} had made it twice",
                        version.version(),
                        version.name(),
                        payload.registrationId());
                removed.add(version);
            }
        }
        return new Result.Delivered(connection -> looked(connection, payload, type, removed));
    }

    private Result later(MlflowReply reply) {
        Finding trouble = reply.trouble();
        verdict.tell(trouble);
        return new Result.Later(trouble.kind(), trouble.message());
    }

    private void looked(Connection connection, Payload payload, String type, List<MadeVersion> removed)
            throws SQLException {
        VersionTable mirror = new VersionTable(Outcomes.client(connection));
        for (MadeVersion version : removed) {
            boolean unused = mirror.delete(Origin.MLFLOW, version.name(), version.version(), Removals.ACTOR);
        }
        if (type.equals(FIRST)) {
            Outbox.add(connection, outcomes.look(LAST, payload).after(pause));
        }
    }
}
