package dev.mooring.registry.registrations;

import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.NotSentException;
import dev.mooring.probe.Finding;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes of the MLflow server's registry other than registrations: made there, while the caller waits, then in the mirror. Each may be
 * repeated without harm, so an unknown outcome is an error that asks for that. Thread-safe.
 */
final class MlflowChanges {
    private static final Logger LOG = LoggerFactory.getLogger(MlflowChanges.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String ABSENT = "RESOURCE_DOES_NOT_EXIST";

    private final MlflowCalls calls;
    private final Transactions transactions;
    private final AliasTable aliases;
    private final VersionTable versions;
    private final ModelTable models;
    private final MirrorMarks marks;
    private final MissedChanges missed;
    private final Duration lateAtMost;

    /** @param lateAtMost how long after a call ended without an answer MLflow may still make the change */
    MlflowChanges(
            MlflowCalls calls,
            Transactions transactions,
            JdbcClient database,
            ModelEvents events,
            MissedChanges missed,
            Duration lateAtMost) {
        this.calls = calls;
        this.transactions = transactions;
        this.aliases = new AliasTable(database, events);
        this.versions = new VersionTable(database);
        this.models = new ModelTable(database);
        this.marks = new MirrorMarks(database);
        this.missed = missed;
        this.lateAtMost = lateAtMost;
    }

    boolean setAlias(String name, Alias alias, long version, String actor) {
        return changed(name, () -> calls.setAlias(name, alias.value(), version))
                && mirrored(name, () -> {
                    boolean known = aliases.set(Origin.MLFLOW, name, alias, version, actor);
                    if (!known) {
                        marks.strayed(Origin.MLFLOW, name, alias.value());
                    }
                    return known;
                });
    }

    /** MLflow answers 200 for an alias that is not there, so it is asked before. */
    boolean removeAlias(String name, Alias alias, String actor) {
        return isThere(() -> calls.versionOfAlias(name, alias.value()))
                && changed(name, () -> calls.removeAlias(name, alias.value()))
                && mirrored(name, () -> aliases.remove(Origin.MLFLOW, name, alias, actor));
    }

    boolean deleteVersion(String name, long version, String actor) {
        return changed(name, () -> calls.deleteVersion(name, version))
                && mirrored(name, () -> versions.delete(Origin.MLFLOW, name, version, actor));
    }

    boolean deleteModel(String name, String actor) {
        return changed(name, () -> calls.deleteModel(name))
                && mirrored(name, () -> {
                    marks.gone(Origin.MLFLOW, List.of(name));
                    return models.delete(Origin.MLFLOW, name, actor);
                });
    }

    /** Whether MLflow did it; false when what it should change is not there. */
    private boolean changed(String model, Call change) {
        MlflowReply reply;
        try {
            reply = change.make();
        } catch (NotSentException notSent) {
            throw unavailable("MLflow could not be reached; nothing was changed.", notSent.kind());
        } catch (HttpCallException ended) {
            throw unknown(model, "did not answer", ended.kind());
        }
        Optional<Boolean> answer = answer(reply);
        if (answer.isEmpty() && mayBeDone(reply)) {
            throw unknown(
                    model,
                    reply.trouble().message(),
                    Optional.of(reply.trouble().kind()));
        }
        return answer.orElseThrow(() -> notDone(reply));
    }

    /** Whether MLflow has what a change needs. To ask changes nothing. */
    private static boolean isThere(Call question) {
        try {
            MlflowReply reply = question.make();
            return answer(reply).orElseThrow(() -> notDone(reply));
        } catch (HttpCallException ended) {
            throw unavailable("MLflow did not answer; nothing was changed.", ended.kind());
        }
    }

    /** Empty when MLflow, or a proxy before it, does not work. */
    private static Optional<Boolean> answer(MlflowReply reply) {
        // MLflow has the second code for an alias that is not there, and for no other reason here: names and aliases
        // were checked before.
        boolean absent = reply.isError(ABSENT) || reply.isError("INVALID_PARAMETER_VALUE");
        return absent ? Optional.of(false) : reply.content().map(done -> true);
    }

    /** Whether MLflow may have made the change before it failed, or before the proxy gave up. */
    private static boolean mayBeDone(MlflowReply reply) {
        boolean failedInItsDatabase =
                reply.isError("BAD_REQUEST") && reply.trouble().kind() != FailureKind.TOO_MANY_CONNECTIONS;
        return reply.status() < 300 || reply.status() >= 500 || failedInItsDatabase;
    }

    private static ProblemException notDone(MlflowReply reply) {
        Finding trouble = reply.trouble();
        LOG.debug("MLflow answered {} {}", reply.status(), reply.errorMessage());
        return unavailable("MLflow " + trouble.message() + "; nothing was changed.", Optional.of(trouble.kind()));
    }

    /** The mirror asks MLflow what became of it, and once more when MLflow can make the change no longer. */
    private ProblemException unknown(String model, String what, Optional<FailureKind> kind) {
        try {
            boolean unused = transactions.write(() -> {
                marks.doubt(Origin.MLFLOW, List.of(model), lateAtMost);
                return true;
            });
        } catch (RuntimeException away) {
            missed.add(Origin.MLFLOW, List.of(model));
            LOG.warn("MLflow may have made a change that the mirror does not have: {}", away.getMessage());
        }
        Problem problem = Problem.of(
                        503,
                        "outcome_unknown",
                        "MLflow " + what
                                + ", so the change was made or it was not. Send the request again; repeating it does no harm.")
                .withRetryAfter(SOON);
        return new ProblemException(
                kind.map(one -> problem.with("kind", one.code())).orElse(problem));
    }

    private static ProblemException unavailable(String detail, Optional<FailureKind> kind) {
        Problem problem = Problem.unavailable(MlflowSettings.NAME, detail, SOON);
        return new ProblemException(
                kind.map(one -> problem.with("kind", one.code())).orElse(problem));
    }

    /** The mirror follows. It may not know yet what was changed, and it may be away, which its next look at MLflow repairs. */
    private boolean mirrored(String model, Supplier<Boolean> change) {
        try {
            boolean known = transactions.write(() -> {
                boolean entered = change.get();
                marks.written(Origin.MLFLOW, List.of(model));
                marks.doubt(Origin.MLFLOW, List.of(model));
                return entered;
            });
            LOG.debug("the mirror {} the change", known ? "has" : "does not know what concerns");
        } catch (RuntimeException away) {
            missed.add(Origin.MLFLOW, List.of(model));
            LOG.warn("MLflow made a change that the mirror does not have yet: {}", away.getMessage());
        }
        return true;
    }

    @FunctionalInterface
    private interface Call {
        MlflowReply make() throws HttpCallException;
    }
}
