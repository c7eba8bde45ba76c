package dev.mooring.redis;

/**
 * The sessions with Redis at one moment. The connection that all calls share is not among them.
 *
 * @param active sessions in use
 * @param idle connections ready for a session
 * @param waiting users that wait for a session
 * @param max most sessions at a time
 */
public record RedisPool(int active, int idle, int waiting, int max) {}
