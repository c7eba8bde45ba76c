package dev.mooring.messages.queue.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server that has a stream: the only one, or the node of a cluster that has its slot, as the client knows or as another node told. All
 * questions to it go over one connection, because {@code WAIT} speaks of the writes of its own connection.
 */
final class Home {
    private static final Pattern REDIRECTION = Pattern.compile("(?<how>MOVED|ASK) \\d+ (?<host>.+):(?<port>\\d+)");
    private static final Pattern ABOUT_SLOTS = Pattern.compile("(MOVED|ASK|CROSSSLOT|TRYAGAIN) .*");

    private final String stream;
    private final @Nullable String host;
    private final int port;
    private final boolean asking;

    private Home(String stream, @Nullable String host, int port, boolean asking) {
        this.stream = stream;
        this.host = host;
        this.port = port;
        this.asking = asking;
    }

    /** Where the client thinks that it is. */
    static Home known(String stream) {
        return new Home(stream, null, 0, false);
    }

    /** Where the server that refused says that it is, if it does. */
    static Optional<Home> told(String stream, Throwable refusal) {
        Matcher words = REDIRECTION.matcher(String.valueOf(refusal.getMessage()));
        return words.matches()
                ? Optional.of(new Home(
                        stream,
                        words.group("host"),
                        Integer.parseInt(words.group("port")),
                        words.group("how").equals("ASK")))
                : Optional.empty();
    }

    static boolean isAboutSlots(Throwable refusal) {
        return ABOUT_SLOTS.matcher(String.valueOf(refusal.getMessage())).matches();
    }

    Node on(RedisClusterAsyncCommands<String, String> redis) {
        return new Node(commands(redis));
    }

    @SuppressWarnings("deprecation") // The connection knows which node has a slot; a session gives only its commands.
    private RedisClusterAsyncCommands<String, String> commands(RedisClusterAsyncCommands<String, String> redis) {
        if (!(redis instanceof RedisAdvancedClusterAsyncCommands<String, String> cluster)) {
            return redis;
        }
        if (host != null) {
            return cluster.getConnection(host, port);
        }
        RedisClusterNode node =
                cluster.getStatefulConnection().getPartitions().getPartitionBySlot(SlotHash.getSlot(stream));
        if (node == null) {
            throw new RedisException("no node of the cluster has the slot of " + stream + "; unreachable");
        }
        return cluster.getConnection(node.getNodeId());
    }

    /** The stream on its server. */
    final class Node {
        private final RedisClusterAsyncCommands<String, String> commands;

        private Node(RedisClusterAsyncCommands<String, String> commands) {
            this.commands = commands;
        }

        CompletableFuture<String> add(Object[] fields) {
            if (asking) {
                return commands.asking()
                        .toCompletableFuture()
                        .thenCombine(commands.xadd(stream, fields), (asked, id) -> id);
            }
            return commands.xadd(stream, fields).toCompletableFuture();
        }

        CompletableFuture<List<Object>> role() {
            return commands.role().toCompletableFuture();
        }

        /** How many replicas have all writes of this connection; at least one, unless the wait is over. */
        CompletableFuture<Long> confirm(Duration wait) {
            return commands.waitForReplication(1, wait.toMillis()).toCompletableFuture();
        }
    }
}
