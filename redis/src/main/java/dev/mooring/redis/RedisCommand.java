package dev.mooring.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/**
 * What to ask Redis: {@code redis -> redis.get("key")}. Sends one or several commands without waiting, and gives the stage of the answer. The
 * same commands work on one server and on a cluster. {@code multi} and commands that block need a {@link RedisSession}.
 */
@FunctionalInterface
public interface RedisCommand<T> {
    /** Sends the commands; must not wait. */
    CompletionStage<T> send(RedisClusterAsyncCommands<String, String> redis);
}
