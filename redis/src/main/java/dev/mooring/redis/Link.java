package dev.mooring.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** One open connection, to one server or to a cluster. Thread-safe. */
record Link(StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands)
        implements AutoCloseable {
    static Link of(StatefulRedisConnection<String, String> connection) {
        return new Link(connection, connection.async());
    }

    static Link of(StatefulRedisClusterConnection<String, String> connection) {
        return new Link(connection, connection.async());
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws RedisException Redis refused, did not answer in time, or the connection ended meanwhile
     */
    <T> T ask(RedisCommand<T> question, Duration limit) {
        try {
            return Waiting.within(limit, question.send(commands).toCompletableFuture());
        } catch (CancellationException cancelled) {
            if (connection.isOpen()) {
                throw cancelled;
            }
            // Lettuce cancels what it had not sent when this process gives up the connection.
            // The caller cancelled nothing.
            throw new RedisException("the connection was given up before the answer came");
        }
    }

    /** Does not wait for the end. */
    @Override
    public void close() {
        CompletableFuture<Void> unused = connection.closeAsync();
    }

    /** Closes a connection that is still opening, as soon as it is open. */
    static void abandon(CompletableFuture<Link> coming) {
        var unused = coming.thenAccept(Link::close);
    }
}
