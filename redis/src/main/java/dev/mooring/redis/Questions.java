package dev.mooring.redis;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import dev.mooring.probe.ProbeAnswer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a probe asks, in one round trip:
 *
 * <ol>
 *   <li>{@code PING}, which a server refuses while it loads, and a read, which a replica may refuse whose primary is gone (MASTERDOWN).
 *   <li>{@code CLUSTER INFO}, which says whether the cluster serves all keys; or {@code ROLE}, because a replica may be writable.
 *   <li>{@code SET mooring:probe … XX}: it writes nothing, because no client makes that key, and a server refuses it exactly when it refuses
 *       other writes: READONLY, OOM, MISCONF (it cannot save), NOREPLICAS. This is a finding: readers go on.
 * </ol>
 *
 * A user who may not ask the last two loses only what they would find. In a cluster the probe asks one node: that another one is full shows
 * in calls.
 *
 * @param cluster whether the server belongs to a cluster
 */
record Questions(boolean cluster) {
    /** Never exists. */
    private static final String KEY = "mooring:probe";

    /** The answers of a server that has nothing against writes: the user may not write this key, or another node has it. */
    private static final Set<String> NO_REFUSALS = Set.of("NOPERM", "MOVED", "ASK");

    ProbeAnswer ask(Link link, Duration limit) {
        CompletableFuture<String> ping = future(link.commands().ping());
        CompletableFuture<Long> read = future(link.commands().exists(KEY));
        CompletableFuture<String> state =
                cluster ? future(link.commands().clusterInfo()) : CompletableFuture.completedFuture("");
        CompletableFuture<List<Object>> role = cluster
                ? CompletableFuture.completedFuture(List.of())
                : future(link.commands().role());
        CompletableFuture<String> write = future(link.commands().set(KEY, "", SetArgs.Builder.xx()));
        Waiting.within(limit, ping);
        permitted(limit, read, 0L);
        if (permitted(limit, state, "").contains("cluster_state:fail")) {
            throw new RedisException("CLUSTERDOWN: the cluster does not serve all keys");
        }
        List<Finding> findings = new ArrayList<>(ofRole(permitted(limit, role, List.of())));
        if (findings.isEmpty()) {
            findings.addAll(ofWrite(limit, write));
        }
        return new ProbeAnswer(findings);
    }

    private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
        return stage.toCompletableFuture();
    }

    /** The answer; {@code otherwise} where the user may not ask, or another node has the key. */
    private static <T> T permitted(Duration limit, CompletableFuture<T> answer, T otherwise) {
        try {
            return Waiting.within(limit, answer);
        } catch (RedisCommandExecutionException refused) {
            if (NO_REFUSALS.contains(RedisFailures.code(refused))) {
                return otherwise;
            }
            throw refused;
        }
    }

    private static List<Finding> ofRole(List<Object> role) {
        boolean replica = !role.isEmpty() && role.get(0).equals("slave");
        return replica
                ? List.of(
                        new Finding(FailureKind.READ_ONLY, "the server is a replica, so writes belong to its primary"))
                : List.of();
    }

    private static List<Finding> ofWrite(Duration limit, CompletableFuture<String> write) {
        try {
            permitted(limit, write, "");
            return List.of();
        } catch (RedisCommandExecutionException refused) {
            return RedisFailures.INSTANCE
                    .classify(refused)
                    .filter(RedisFailures.WRITES_REFUSED::contains)
                    .map(kind -> List.of(new Finding(kind, RedisFailures.message(refused))))
                    .orElseThrow(() -> refused);
        }
    }
}
