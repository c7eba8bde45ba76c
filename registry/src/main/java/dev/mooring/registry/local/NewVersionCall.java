package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.KnownRequestException;
import dev.mooring.registry.store.MadeVersion;
import dev.mooring.registry.store.ModelEvent;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.NewVersion;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionRequest;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes versions. */
final class NewVersionCall {
    private static final int LONGEST_RUN_ID = 32;
    private static final int LONGEST_LINK = 500;
    /** One that names another version becomes shorter. To read an address takes time that grows faster than its length. */
    private static final int LONGEST_SOURCE = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Longer than an instance takes to delete a request whose answer has arrived. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1_500);

    private final Transactions transactions;
    private final VersionTable versions;
    private final ModelEvents events;
    private final Sources sources;
    /** Names this process in the database. */
    private final UUID holder;

    NewVersionCall(Transactions transactions, JdbcClient database, ModelEvents events, UUID holder) {
        this.transactions = transactions;
        this.versions = new VersionTable(database);
        this.events = events;
        this.sources = new Sources(database);
        this.holder = holder;
    }

    Map<String, LocalCall> calls() {
        return Map.of("POST 2.0/mlflow/model-versions/create", this::create);
    }

    private Map<String, Object> create(Parameters parameters, Sender sender) {
        String name = parameters.required("name");
        String source = Given.atMost(LONGEST_SOURCE, "source", parameters.required("source"));
        String runId = atMost(LONGEST_RUN_ID, "run_id", parameters.text("run_id"));
        String runLink = atMost(LONGEST_LINK, "run_link", parameters.text("run_link"));
        String modelId = parameters.text("model_id");
        String description = Given.description(parameters);
        SortedMap<String, String> tags = parameters.tags("tags");
        NewVersion wanted =
                new NewVersion(name, source, null, runId, runLink, description == null ? "" : description, tags);
        Optional<MadeVersion> made = make(wanted, modelId, sender);
        Duration waited = Duration.ZERO;
        while (made.filter(this::mayBeAnsweredElsewhere).isPresent() && waited.compareTo(LONGEST_WAIT) < 0) {
            pause();
            waited = waited.plus(PAUSE);
            made = make(wanted, modelId, sender);
        }
        return Answers.version(Answers.orNoModel(made.map(MadeVersion::version), name));
    }

    private Optional<MadeVersion> make(NewVersion wanted, @Nullable String modelId, Sender sender) {
        VersionRequest request = Objects.requireNonNull(sender.request(), "a call that makes a version has a request");
        boolean known = request.answered();
        while (true) {
            try {
                return make(wanted, modelId, request, sender.actor(), known);
            } catch (KnownRequestException equal) {
                known = true;
            }
        }
    }

    private Optional<MadeVersion> make(
            NewVersion wanted, @Nullable String modelId, VersionRequest request, String actor, boolean known) {
        return transactions.write(() -> {
            Sources.Resolved resolved = Prompts.is(wanted.tags())
                    ? sources.ofPrompt(wanted.source(), wanted.runId())
                    : sources.ofModel(wanted.source(), wanted.runId(), modelId);
            Given.checkModel("name", wanted.model());
            Given.checkTags(wanted.tags(), VersionCalls.LONGEST_VALUE);
            NewVersion version = new NewVersion(
                    wanted.model(),
                    Given.atMost(LONGEST_LINK, "source", resolved.source()),
                    resolved.download(),
                    resolved.runId(),
                    wanted.runLink(),
                    wanted.description(),
                    wanted.tags());
            Optional<MadeVersion> made = known
                    ? versions.repeated(Origin.LOCAL, version, request, actor)
                    : versions.create(Origin.LOCAL, version, request, actor);
            made.filter(one -> !one.before())
                    .ifPresent(one -> events.add(ModelEvent.registered(Origin.LOCAL, one.modelId(), one.version())));
            return made;
        });
    }

    /** Another instance made it just now, and deletes the request when its answer has arrived. */
    private boolean mayBeAnsweredElsewhere(MadeVersion made) {
        return made.before() && !made.holder().equals(holder) && made.age().compareTo(LONGEST_WAIT) < 0;
    }

    private static void pause() {
        try {
            Time.system().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String atMost(int longest, String parameter, @Nullable String text) {
        return text == null || text.isEmpty() ? text : Given.atMost(longest, parameter, text);
    }
}
