package dev.mooring.postgres.settings;

import java.time.Duration;

/**
 * TCP keepalive, by which TCP itself notices a dead connection. Immutable; the methods with an argument give a changed copy.
 *
 * @param idle quiet time before the first question; 1 s to 9 h, default 10 min
 * @param interval pause between questions; 1 s to 9 h, default 30 s
 * @param count questions without an answer after which TCP ends the connection; 1 to 100, default 3
 */
public record KeepAlive(Duration idle, Duration interval, int count) {
    /** The same with another quiet time before the first question. */
    public KeepAlive idle(Duration quiet) {
        return new KeepAlive(quiet, interval, count);
    }

    /** The same with another pause between questions. */
    public KeepAlive interval(Duration pause) {
        return new KeepAlive(idle, pause, count);
    }

    /** The same with another number of questions. */
    public KeepAlive count(int questions) {
        return new KeepAlive(idle, interval, questions);
    }
}
