package dev.mooring.postgres.settings;

import java.time.Duration;

/**
 * Limits of connects, answers, statements and waits for a connection. Immutable; the methods with an argument give a changed copy.
 *
 * @param connect a TCP connect; 100 ms to 5 min, default 10 s
 * @param socket a wait for an answer; 1 s to 1 h, default 30 s
 * @param statement a statement, which the server then ends; 100 ms to 1 h and less than socket, default 10 s
 * @param acquire a wait for a pooled connection; 250 ms to 5 min, default 2 s
 */
public record Limits(Duration connect, Duration socket, Duration statement, Duration acquire) {
    /** The same with another limit of a TCP connect. */
    public Limits connect(Duration limit) {
        return new Limits(limit, socket, statement, acquire);
    }

    /** The same with another limit of a wait for an answer. */
    public Limits socket(Duration limit) {
        return new Limits(connect, limit, statement, acquire);
    }

    /** The same with another limit of a statement. */
    public Limits statement(Duration limit) {
        return new Limits(connect, socket, limit, acquire);
    }

    /** The same with another limit of a wait for a pooled connection. */
    public Limits acquire(Duration limit) {
        return new Limits(connect, socket, statement, limit);
    }
}
