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

    MlflowChanges(
            MlflowCalls calls,
            Transactions transactions,
            JdbcClient database,
            ModelEvents events,
            MissedChanges missed) {
        this.calls = calls;
        this.transactions = transactions;
        this.aliases = new AliasTable(database, events);
        this.versions = new VersionTable(database);
        this.models = new ModelTable(database);
        this.marks = new MirrorMarks(database);
        this.missed = missed;
    }

    boolean setAlias(String name, Alias alias, long version, String actor) {
        return changed(() -> calls.setAlias(name, alias.value(), version))
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
        return changed(() -> calls.versionOfAlias(name, alias.value()))
                && changed(() -> calls.removeAlias(name, alias.value()))
                && mirrored(name, () -> aliases.remove(Origin.MLFLOW, name, alias, actor));
    }

    boolean deleteVersion(String name, long version, String actor) {
        return changed(() -> calls.deleteVersion(name, version))
                && mirrored(name, () -> versions.delete(Origin.MLFLOW, name, version, actor));
    }

    boolean deleteModel(String name, String actor) {
        return changed(() -> calls.deleteModel(name))
                && mirrored(name, () -> {
                    marks.gone(Origin.MLFLOW, List.of(name));
                    return models.delete(Origin.MLFLOW, name, actor);
                });
    }

    /** Whether MLflow did it; false when what it should change is not there. */
    private static boolean changed(Change change) {
        MlflowReply reply;
        try {
            reply = change.make();
        } catch (NotSentException notSent) {
            throw unavailable("MLflow could not be reached; nothing was changed.", notSent.kind());
        } catch (HttpCallException unknown) {
            throw new ProblemException(Problem.of(
                            503,
                            "outcome_unknown",
                            "MLflow did not answer, so the change was made or it was not. Send the request again;"
                                    + " repeating it does no harm.")
                    .withRetryAfter(SOON));
        }
        if (reply.content().isPresent()) {
            return true;
        }
        // MLflow has this code for an alias that is not there, and for no other reason here: names and aliases were
        // checked before.
        if (reply.isError(ABSENT) || reply.isError("INVALID_PARAMETER_VALUE")) {
            return false;
        }
        Finding trouble = reply.trouble();
        LOG.debug("MLflow answered {} {}", reply.status(), reply.errorMessage());
        throw unavailable("MLflow " + trouble.message() + "; nothing was changed.", Optional.of(trouble.kind()));
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
    private interface Change {
        MlflowReply make() throws HttpCallException;
    }
}
