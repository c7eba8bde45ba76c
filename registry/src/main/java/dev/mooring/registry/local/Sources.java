package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.StoredVersion;
import dev.mooring.registry.store.VersionTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks the sources of new versions with MLflow's rules, and follows a source that names another version. */
final class Sources {
    private static final Set<String> OF_PROMPTS = Set.of("dummy-source", "prompt-template");
    /** Their addresses name a host to which whoever loads the model connects. */
    private static final Set<String> WITH_HOST =
            Set.of("ftp", "sftp", "hdfs", "viewfs", "http", "https", "r2", "b2", "abfss");

    private static final String MODELS = "models";

    private final ModelTable models;
    private final VersionTable versions;
    private final StageTable stages;
    private final AliasTable aliases;

    Sources(JdbcClient database) {
        this.models = new ModelTable(database);
        this.versions = new VersionTable(database);
        this.stages = new StageTable(database);
        this.aliases = new AliasTable(database);
    }

    /**
     * A source that a version may have.
     *
     * @param source as the version keeps it
     * @param download where the files are, if {@code source} names another version; else null
     * @param runId the run that made the files; null if none is known
     */
    record Resolved(
            String source,
            @Nullable String download,
            @Nullable String runId) {}

    /** The source of a new version of a prompt. */
    Resolved ofPrompt(String source, @Nullable String runId) {
        if (!OF_PROMPTS.contains(source)) {
            throw MlflowException.invalid(
                    "The source of a prompt must be dummy-source or prompt-template, unlike '" + source + "'.");
        }
        return new Resolved(source, null, runId);
    }

    /** The source of a new version of a model. Call it in a transaction. */
    Resolved ofModel(String source, @Nullable String runId, @Nullable String modelId) {
        SourceUri uri = SourceUri.of(source);
        if (uri.host().contains("[") != uri.host().contains("]")) {
            throw MlflowException.invalid("The source '" + source + "' is no address.");
        }
        boolean hasHost = WITH_HOST.contains(uri.scheme())
                || (uri.scheme().equals("mlflow-artifacts") && !uri.host().isEmpty());
        if (hasHost) {
            throw MlflowException.invalid("The source must not be an address with the scheme " + uri.scheme()
                    + ", which names a host, unlike '" + source + "'.");
        }
        return uri.scheme().equals(MODELS)
                ? ofOtherVersion(source, SourceUri.ofName(source), runId, modelId)
                : ofFiles(source, uri, runId, modelId);
    }

    private static Resolved ofFiles(String source, SourceUri uri, @Nullable String runId, @Nullable String modelId) {
        if (uri.scheme().isEmpty() || uri.scheme().equals("file")) {
            throw MlflowException.invalid(
                    "The source is '" + source + "'. A path is accepted only within the artifacts of the run in run_id,"
                            + " and this registry has no runs; use the address of an object store, such as s3://bucket/path.");
        }
        if (!SourceUri.isAbsolute(source)) {
            throw MlflowException.invalid(
                    "The source must have an absolute path without . and .., unlike '" + source + "'.");
        }
        if (modelId != null && !modelId.isEmpty()) {
            throw noLoggedModel(modelId);
        }
        if (uri.scheme().equals("runs") && !(uri.host().isEmpty() && isOfRun(uri, runId))) {
            throw MlflowException.invalid("The source is '" + source + "', so run_id must be the same run.");
        }
        if (uri.scheme().equals("mlflow-artifacts")) {
            throw MlflowException.invalid(
                    "The source is '" + source + "', and this registry has no runs whose artifacts it could be.");
        }
        return new Resolved(source, null, runId);
    }

    private static boolean isOfRun(SourceUri uri, @Nullable String runId) {
        String path = uri.path().substring(1);
        int end = path.indexOf('/');
        String run = end < 0 ? path : path.substring(0, end);
        return !run.isEmpty() && run.equals(runId);
    }

    private Resolved ofOtherVersion(String source, SourceUri uri, @Nullable String runId, @Nullable String modelId) {
        StoredVersion other = named(source, uri, modelId);
        boolean sameRun = runId == null || runId.equals(other.runId() == null ? "" : other.runId());
        if (!sameRun || (modelId != null && !modelId.isEmpty())) {
            throw MlflowException.invalid(
                    "The source is '" + source + "', so run_id and model_id must be absent or those of that version.");
        }
        return new Resolved(
                "models:/" + other.model() + "/" + other.version(),
                other.downloadSource(),
                runId == null ? other.runId() : runId);
    }

    private StoredVersion named(String source, SourceUri uri, @Nullable String modelId) {
        List<String> parts = List.of(uri.path().replaceFirst("^/+", "").split("/", -1));
        boolean proper = uri.host().isEmpty()
                && uri.path().startsWith("/")
                && parts.size() <= 2
                && parts.stream().noneMatch(String::isBlank);
        int at = parts.get(0).lastIndexOf('@');
        boolean isAlias =
                parts.size() == 1 && at >= 0 && !parts.get(0).substring(at + 1).isBlank();
        if (!proper || (parts.size() == 1 && !isAlias)) {
            if (proper && parts.get(0).equals(modelId)) {
                throw noLoggedModel(parts.get(0));
            }
            throw MlflowException.invalid(
                    "The source is '" + source + "'; one that begins with models: must be models:/NAME/VERSION,"
                            + " models:/NAME/STAGE or models:/NAME@ALIAS.");
        }
        String name = isAlias ? parts.get(0).substring(0, at) : parts.get(0);
        Given.checkModel("source", name);
        boolean isPrompt = Prompts.is(
                Answers.orNoModel(models.find(Origin.LOCAL, name), name).tags());
        if (isPrompt) {
            throw MlflowException.invalid("The source is '" + source + "', which is a prompt and no model.");
        }
        return isAlias ? ofAlias(name, parts.get(0).substring(at + 1)) : ofSuffix(name, parts.get(1));
    }

    private StoredVersion ofAlias(String name, String alias) {
        return Optional.ofNullable(Alias.objectionTo(alias) == null ? new Alias(alias) : null)
                .flatMap(known -> aliases.find(Origin.LOCAL, name, known))
                .orElseThrow(() -> MlflowException.invalid("The model '" + name + "' has no alias '" + alias + "'."));
    }

    private StoredVersion ofSuffix(String name, String suffix) {
        if (suffix.chars().allMatch(Character::isDigit)) {
            long version = Given.version(suffix);
            return Answers.orNoVersion(versions.find(Origin.LOCAL, name, version), name, version);
        }
        Optional<StoredVersion> newest = suffix.toLowerCase(Locale.ROOT).equals("latest")
                ? versions.newest(Origin.LOCAL, name)
                : stages.newest(Origin.LOCAL, name, Set.of(Given.stage(suffix))).stream()
                        .findFirst();
        return newest.orElseThrow(
                () -> MlflowException.invalid("The model '" + name + "' has no version in '" + suffix + "'."));
    }

    private static MlflowException noLoggedModel(String modelId) {
        return MlflowException.absent(
                "There is no logged model '" + modelId
                        + "': this service has no MLflow server behind it. Its operator can start it with MLFLOW_TRACKING_URI, the address of one.");
    }
}
