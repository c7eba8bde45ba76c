package dev.mooring.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;

/**
 * A connection of one's own, for commands that block and for transactions ({@code multi}). Close it after use; it then waits for the next
 * user. One thread uses it.
 */
public final class RedisSession implements AutoCloseable {
    private final Link link;
    private final Sessions sessions;
    private boolean broken;

    RedisSession(Link link, Sessions sessions) {
        this.link = link;
        this.sessions = sessions;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param limit longest wait: longer than the command itself blocks
     * @throws io.lettuce.core.RedisException Redis refused, could not be reached, or did not answer in time; in the last two cases the
     *     session is of no more use
     */
    public <T> T ask(RedisCommand<T> question, Duration limit) {
        boolean answered = false;
        try {
            T answer = Waiting.within(limit, question.send(link.commands()).toCompletableFuture());
            answered = true;
            return answer;
        } catch (RedisCommandExecutionException refused) {
            answered = true;
            throw refused;
        } finally {
            broken |= !answered;
        }
    }

    @Override
    public void close() {
        sessions.leave(link, broken);
    }
}
