package dev.mooring.registry.mirror;

import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.HistoryEvents;
import dev.mooring.registry.store.MirrorMarks;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Stage;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Enters the changes that callers of this service made at MLflow, in their name. Changes of one model that overlapped in time leave the mirror in
 * doubt about it, because MLflow may have made them in the other order. Thread-safe.
 */
final class PassingWrites {
    private static final String NAME = "name";
    private static final String ALIAS = "alias";
    private static final String KEY = "key";

    private final Transactions transactions;
    private final MirrorModels models;
    private final MirrorVersions versions;
    private final MirrorAliases aliases;
    private final MirrorMarks marks;
    private final ModelTable modelTable;
    private final VersionTable versionTable;
    private final StageTable stages;
    private final Adoption adoption;
    private final HistoryEvents events;
    private final MissedChanges missed;

    PassingWrites(Transactions transactions, JdbcClient database, ModelEvents events, MissedChanges missed) {
        this.transactions = transactions;
        this.models = new MirrorModels(database);
        this.versions = new MirrorVersions(database);
        this.aliases = new MirrorAliases(database);
        this.marks = new MirrorMarks(database);
        this.modelTable = new ModelTable(database);
        this.versionTable = new VersionTable(database);
        this.stages = new StageTable(database, events);
        this.adoption = new Adoption(database);
        this.events = new HistoryEvents(database, events);
        this.missed = missed;
    }

    /** A change of one model, in a transaction that has locked it. */
    @FunctionalInterface
    private interface Change {
        /** Enters it; false if the mirror lacks what it changes. */
        boolean enter();
    }

    /**
     * MLflow made the change.
     *
     * @param answer the object that it answered
     * @param sentAt {@link System#nanoTime()} before the request
     */
    void made(Origin origin, MlflowCall call, Parameters parameters, JsonNode answer, String actor, long sentAt) {
        Entry entry = new Entry(origin, parameters, answer, actor, sentAt);
        Set<String> names = names(parameters);
        try {
            boolean unused = transactions.write(() -> {
                models.lock(origin, names);
                boolean overlapped =
                        !models.overtaken(origin, names, marks.sent(sentAt)).isEmpty();
                boolean entered = change(call, entry).enter();
                marks.written(origin, names);
                marks.doubt(origin, entered && !overlapped ? Set.of() : names);
                return entered;
            });
        } catch (RuntimeException away) {
            missed.add(origin, names);
            throw away;
        }
    }

    /**
     * MLflow may have made the change, or make it yet.
     *
     * @param last until when it may do that
     */
    void lost(Origin origin, Parameters parameters, Duration last) {
        Set<String> names = names(parameters);
        try {
            boolean unused = transactions.write(() -> {
                marks.doubt(origin, names, last);
                return true;
            });
        } catch (RuntimeException away) {
            missed.add(origin, names);
            throw away;
        }
    }

    /** The names of the models that a change concerns. */
    private static Set<String> names(Parameters parameters) {
        return Stream.of(parameters.textOrEmpty(NAME), parameters.textOrEmpty("new_name"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Change change(MlflowCall call, Entry entry) {
        return switch (call.method() + " " + call.path().resource()) {
            case "POST 2.0/mlflow/registered-models/create" -> entry::createModel;
            case "PATCH 2.0/mlflow/registered-models/update" -> entry::updateModel;
            case "POST 2.0/mlflow/registered-models/rename" -> entry::rename;
            case "DELETE 2.0/mlflow/registered-models/delete" -> entry::deleteModel;
            case "POST 2.0/mlflow/registered-models/set-tag" -> entry::tagModel;
            case "DELETE 2.0/mlflow/registered-models/delete-tag" -> entry::untagModel;
            case "POST 2.0/mlflow/registered-models/alias" -> entry::setAlias;
            case "DELETE 2.0/mlflow/registered-models/alias" -> entry::removeAlias;
            case "POST 2.0/mlflow/model-versions/create" -> entry::createVersion;
            case "PATCH 2.0/mlflow/model-versions/update" -> entry::updateVersion;
            case "POST 2.0/mlflow/model-versions/transition-stage" -> entry::moveVersion;
            case "DELETE 2.0/mlflow/model-versions/delete" -> entry::deleteVersion;
            case "POST 2.0/mlflow/model-versions/set-tag" -> entry::tagVersion;
            case "DELETE 2.0/mlflow/model-versions/delete-tag" -> entry::untagVersion;
            default -> () -> false;
        };
    }

    /** The changes; each is one call of MLflow's. */
    private final class Entry {
        private final Origin origin;
        private final Parameters parameters;
        private final JsonNode answer;
        private final String actor;
        private final long sentAt;
        private final String name;

        Entry(Origin origin, Parameters parameters, JsonNode answer, String actor, long sentAt) {
            this.origin = origin;
            this.parameters = parameters;
            this.answer = answer;
            this.actor = actor;
            this.sentAt = sentAt;
            this.name = parameters.textOrEmpty(NAME);
        }

        boolean createModel() {
            return SeenModel.of(answer.path("registered_model"))
                    .filter(made -> {
                        models.put(origin, List.of(made), actor);
                        List<Long> unused = adoption.of(origin, made.name(), "created", 0, "", actor);
                        models.confirm(origin, Set.of(made.name()), marks.sent(sentAt));
                        boolean empty = versions.numbers(origin, made.name()).isEmpty();
                        models.confirmVersions(origin, empty ? Set.of(made.name()) : Set.of(), marks.sent(sentAt));
                        return empty;
                    })
                    .isPresent();
        }

        boolean updateModel() {
            return knowsModel()
                    && SeenModel.of(answer.path("registered_model"))
                            .filter(changed -> {
                                models.put(origin, List.of(changed), Mirror.MLFLOW);
                                return true;
                            })
                            .isPresent();
        }

        boolean rename() {
            String to = parameters.textOrEmpty("new_name");
            boolean known = knowsModel();
            if (!to.equals(name)) {
                boolean unused = modelTable.delete(origin, to, Mirror.MLFLOW);
                marks.gone(origin, Set.of(name));
            }
            return known
                    && modelTable.rename(origin, name, to, actor).isPresent()
                    && SeenModel.of(answer.path("registered_model"))
                            .filter(renamed -> {
                                models.put(origin, List.of(renamed), Mirror.MLFLOW);
                                models.moveTimes(origin, to, renamed.updatedAt());
                                return true;
                            })
                            .isPresent();
        }

        boolean deleteModel() {
            boolean unused = modelTable.delete(origin, name, actor);
            marks.gone(origin, Set.of(name));
            return true;
        }

        boolean tagModel() {
            return modelTable.setTag(origin, name, parameters.textOrEmpty(KEY), parameters.textOrEmpty("value"));
        }

        boolean untagModel() {
            return modelTable.removeTag(origin, name, parameters.textOrEmpty(KEY));
        }

        boolean setAlias() {
            String alias = parameters.textOrEmpty(ALIAS);
            long version = version();
            boolean known = versions.numbers(origin, name).contains(version);
            if (known) {
                List<Long> set = aliases.set(origin, name, alias, version, actor);
                events.add(origin, set.isEmpty() ? adoption.of(origin, name, "promoted", version, alias, actor) : set);
            } else {
                marks.strayed(origin, name, alias);
            }
            return known;
        }

        boolean removeAlias() {
            String alias = parameters.textOrEmpty(ALIAS);
            if (aliases.remove(origin, name, alias, actor) == 0) {
                List<Long> unused = adoption.of(origin, name, "alias_removed", 0, alias, actor);
            }
            return knowsModel();
        }

        boolean createVersion() {
            return SeenVersion.of(answer.path("model_version"))
                    .filter(made -> {
                        boolean known = knowsModel();
                        models.place(origin, Set.of(name));
                        boolean isNews =
                                !versions.put(origin, List.of(made), actor).isEmpty();
                        if (!isNews) {
                            isNews = !adoption.of(origin, name, "registered", made.version(), "", actor)
                                    .isEmpty();
                            adoption.ofVersion(origin, name, made.version(), actor);
                        }
                        versions.confirm(origin, made, marks.sent(sentAt));
                        models.grow(origin, name, made.version(), made.createdAt());
                        if (isNews) {
                            events.addRegistered(origin, name, made.version());
                        }
                        return known;
                    })
                    .isPresent();
        }

        boolean updateVersion() {
            return knownVersion() && enterVersion();
        }

        /** The version in the answer, with its aliases. */
        private boolean enterVersion() {
            return SeenVersion.of(answer.path("model_version"))
                    .filter(changed -> {
                        Set<String> news = versions.put(origin, List.of(changed), Mirror.MLFLOW);
                        aliases.put(origin, changed, Mirror.MLFLOW);
                        versions.confirm(origin, changed, marks.sent(sentAt));
                        return news.isEmpty();
                    })
                    .isPresent();
        }

        boolean moveVersion() {
            if (!knownVersion()) {
                return false;
            }
            Stage stage = Stage.of(parameters.textOrEmpty("stage")).orElse(Stage.NONE);
            SeenVersion.of(answer.path("model_version"))
                    .ifPresent(moved -> models.grow(origin, name, 0, moved.updatedAt()));
            stages.move(origin, name, version(), stage, parameters.flag("archive_existing_versions"), actor);
            return enterVersion();
        }

        /** MLflow does not say to what it sets the model's time, so the mirror asks for the model. */
        boolean deleteVersion() {
            boolean unused = versionTable.delete(origin, name, version(), actor);
            return false;
        }

        boolean tagVersion() {
            return versionTable.setTag(
                    origin, name, version(), parameters.textOrEmpty(KEY), parameters.textOrEmpty("value"));
        }

        boolean untagVersion() {
            return versionTable.removeTag(origin, name, version(), parameters.textOrEmpty(KEY));
        }

        private boolean knowsModel() {
            return modelTable.find(origin, name).isPresent();
        }

        private boolean knownVersion() {
            return versionTable.find(origin, name, version()).isPresent();
        }

        private long version() {
            return VersionText.number(parameters);
        }
    }
}
