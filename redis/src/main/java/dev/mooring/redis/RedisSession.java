package dev.mooring.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;

/**
 * A connection of one's own, for commands that block. Close it after use; it then waits for the next user. One thread uses it. In a cluster
 * it is a connection to each node that its commands need.
 */
public final class RedisSession implements AutoCloseable {
    private final Link link;
    private final int since;
    private final Sessions sessions;
    private boolean broken;

    /** {@code since} is the generation of the sessions in which this one began. */
    RedisSession(Link link, int since, Sessions sessions) {
        this.link = link;
        this.since = since;
        this.sessions = sessions;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param limit longest wait: longer than the command itself blocks
     * @throws io.lettuce.core.RedisException Redis refused, could not be reached, or did not answer in time; take another session then
     */
    public <T> T ask(RedisCommand<T> question, Duration limit) {
        boolean answered = false;
        try {
            T answer = link.ask(question, limit);
            answered = true;
            return answer;
        } catch (RedisCommandExecutionException refused) {
            // A demoted primary answers too, but another server has to take the next command.
            answered = !RedisFailures.isOfDemoted(refused);
            throw refused;
        } finally {
            broken |= !answered;
        }
    }

    @Override
    public void close() {
        sessions.leave(link, since, broken);
    }
}
