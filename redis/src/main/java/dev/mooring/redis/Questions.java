package dev.mooring.redis;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import dev.mooring.probe.ProbeAnswer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a probe asks, in one round trip: {@code PING}, which a server that loads or lost its primary refuses; {@code ROLE} or {@code CLUSTER
 * INFO}; and {@code INFO memory}. A user who may not ask one of the last two loses only what it would find.
 *
 * @param cluster whether the server belongs to a cluster
 */
record Questions(boolean cluster) {
    ProbeAnswer ask(Link link, Duration limit) {
        CompletableFuture<String> ping = future(link.commands().ping());
        CompletableFuture<List<Finding>> place = cluster
                ? future(link.commands().clusterInfo()).thenApply(Questions::ofCluster)
                : future(link.commands().role()).thenApply(Questions::ofRole);
        CompletableFuture<List<Finding>> memory =
                future(link.commands().info("memory")).thenApply(Questions::ofMemory);
        Waiting.within(limit, ping);
        List<Finding> findings = new ArrayList<>(allowed(limit, place));
        findings.addAll(allowed(limit, memory));
        return new ProbeAnswer(findings);
    }

    private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
        return stage.toCompletableFuture();
    }

    private static List<Finding> allowed(Duration limit, CompletableFuture<List<Finding>> answer) {
        try {
            return Waiting.within(limit, answer);
        } catch (RedisCommandExecutionException refused) {
            boolean mayNotAsk = RedisFailures.INSTANCE
                    .classify(refused)
                    .filter(kind -> kind != FailureKind.PERMISSION_DENIED)
                    .isEmpty();
            if (mayNotAsk) {
                return List.of();
            }
            throw refused;
        }
    }

    private static List<Finding> ofRole(List<Object> role) {
        boolean replica = !role.isEmpty() && role.get(0).equals("slave");
        return replica
                ? List.of(new Finding(FailureKind.READ_ONLY, "the server is a replica and takes no writes"))
                : List.of();
    }

    private static List<Finding> ofCluster(String info) {
        if (!"ok".equals(value(info, "cluster_state"))) {
            throw new RedisException("CLUSTERDOWN: the cluster does not serve all keys");
        }
        return List.of();
    }

    private static List<Finding> ofMemory(String info) {
        long most = number(info, "maxmemory");
        boolean full =
                most > 0 && number(info, "used_memory") >= most && "noeviction".equals(value(info, "maxmemory_policy"));
        return full
                ? List.of(new Finding(
                        FailureKind.OUT_OF_MEMORY, "the server uses all of its maxmemory of " + most + " bytes"))
                : List.of();
    }

    private static long number(String info, String name) {
        return Optional.ofNullable(value(info, name))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    private static @Nullable String value(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }
}
