package dev.mooring.registry.mirror;

import dev.mooring.registry.gateway.RegistryAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Enters the answers to reads on the thread {@code mooring-mirror-reads}. While it cannot keep up, further answers are left out; the comparison
 * finds what they said. Lists of versions are left out too, because they say nothing about aliases. Thread-safe.
 */
final class PassingReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PassingReads.class);
    private static final int MOST_WAITING = 64;
    private static final int LARGEST = 256 * 1024;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String REGISTRY = "2.0/mlflow/";
    private static final Set<String> ENTERED = Set.of(
            REGISTRY + "registered-models/get",
            REGISTRY + "registered-models/search",
            REGISTRY + "registered-models/get-latest-versions",
            REGISTRY + "registered-models/alias",
            REGISTRY + "model-versions/get",
            REGISTRY + "model-versions/get-download-uri");

    private final Mirror mirror;
    private final Transactions transactions;
    private final SyncTable table;
    private final Repetitions repetitions = new Repetitions();
    private final BlockingQueue<Seen> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final BackgroundLoop loop = BackgroundLoop.of("mooring-mirror-reads", this::step);

    private record Seen(Origin origin, RegistryCall call, RegistryAnswer answer) {}

    PassingReads(Mirror mirror, Transactions transactions, JdbcClient database) {
        this.mirror = mirror;
        this.transactions = transactions;
        this.table = new SyncTable(database);
    }

    /** Starts the thread. */
    PassingReads start() {
        loop.start();
        return this;
    }

    /** MLflow answered a read. Never waits. */
    void saw(Origin origin, RegistryCall call, RegistryAnswer answer) {
        boolean wanted = ENTERED.contains(call.call().path().resource()) && answer.body().length <= LARGEST;
        boolean taken =
                wanted && repetitions.isNew(origin, call, answer) && waiting.offer(new Seen(origin, call, answer));
        if (wanted && !taken) {
            LOG.trace(
                    "the mirror leaves out an answer to {}", call.call().path().resource());
        }
    }

    private Duration step() throws InterruptedException {
        Seen seen = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (seen != null) {
            try {
                Json.object(seen.answer().body()).ifPresent(json -> enter(seen, json));
            } catch (RuntimeException away) {
                LOG.debug("the mirror misses an answer of MLflow: {}", away.getMessage());
            }
        }
        return Duration.ZERO;
    }

    private void enter(Seen seen, JsonNode json) {
        Origin origin = seen.origin();
        long sentAt = seen.call().sentAt();
        switch (seen.call().call().path().resource().substring(REGISTRY.length())) {
            case "registered-models/get" ->
                SeenModel.of(json.path("registered_model"))
                        .ifPresent(model -> mirror.models(origin, List.of(model), sentAt));
            case "registered-models/search" -> mirror.models(origin, Json.models(json, "registered_models"), sentAt);
            case "registered-models/get-latest-versions" ->
                Json.versions(json, "model_versions").forEach(version -> mirror.version(origin, version, sentAt));
            case "model-versions/get-download-uri" -> files(origin, seen.call().parameters(), json);
            default ->
                SeenVersion.of(json.path("model_version"))
                        .ifPresent(version -> mirror.version(origin, version, sentAt));
        }
    }

    private void files(Origin origin, Parameters parameters, JsonNode json) {
        Optional<String> uri =
                Optional.of(Json.textOrEmpty(json, "artifact_uri")).filter(text -> !text.isEmpty());
        boolean unused = transactions.write(() -> {
            uri.ifPresent(
                    known -> table.link(origin, parameters.textOrEmpty("name"), VersionText.number(parameters), known));
            return true;
        });
    }

    @Override
    public void close() {
        loop.close();
    }
}
