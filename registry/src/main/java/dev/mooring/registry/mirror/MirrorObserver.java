package dev.mooring.registry.mirror;

import dev.mooring.registry.gateway.OutageAnswer;
import dev.mooring.registry.gateway.RegistryAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.gateway.RegistryObserver;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.Origin;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Fills the mirrors from the calls that pass through the gateway, and answers for MLflow while it is away. Changes are entered at once, answers to
 * reads a little later by a thread of their own. Thread-safe.
 */
final class MirrorObserver implements RegistryObserver {
    private static final int NOT_FOUND = 404;

    private final PassingWrites writes;
    private final PassingReads reads;
    private final OutageAnswers answers;
    private final Mirror mirror;
    private final Workspaces workspaces;
    private final Duration lateAtMost;

    /** @param lateAtMost how long after a call ended without an answer MLflow may still make the change */
    MirrorObserver(
            PassingWrites writes,
            PassingReads reads,
            OutageAnswers answers,
            Mirror mirror,
            Workspaces workspaces,
            Duration lateAtMost) {
        this.writes = writes;
        this.reads = reads;
        this.answers = answers;
        this.mirror = mirror;
        this.workspaces = workspaces;
        this.lateAtMost = lateAtMost;
    }

    @Override
    public void saw(RegistryCall call, RegistryAnswer answer) {
        Origin origin = Origins.of(call.workspace());
        if (answer.isSuccess()) {
            workspaces.saw(origin);
            if (call.isRead()) {
                reads.saw(origin, call, answer);
            } else {
                Json.object(answer.body()).ifPresent(json -> made(origin, call, json));
            }
        } else if (answer.status() == NOT_FOUND) {
            absent(origin, call, answer);
        }
    }

    private void made(Origin origin, RegistryCall call, JsonNode json) {
        writes.made(origin, call.call(), call.parameters(), json, call.caller(), call.sentAt());
    }

    /** Something that the call names is not there, which the mirror may not know. */
    private void absent(Origin origin, RegistryCall call, RegistryAnswer answer) {
        boolean saidByMlflow = Json.object(answer.body())
                .filter(json -> json.path("error_code").asString("").equals("RESOURCE_DOES_NOT_EXIST"))
                .isPresent();
        String name = saidByMlflow ? call.parameters().textOrEmpty("name") : "";
        if (!name.isEmpty()) {
            mirror.doubt(origin, name);
        }
    }

    @Override
    public void lost(RegistryCall call) {
        Parameters parameters = call.parameters();
        writes.lost(Origins.of(call.workspace()), parameters, lateAtMost);
    }

    @Override
    public Optional<OutageAnswer> answerInOutage(RegistryCall call) {
        return answers.answer(call);
    }
}
