package dev.mooring.http.settings;

import java.time.Duration;

/**
 * How long a call waits for its backend. The caller's {@link dev.mooring.time.Deadline} shortens each limit. Immutable; the methods with
 * an argument give a changed copy.
 *
 * @param connect a TCP connect, and in a probe the TLS handshake too; 100 ms to 5 min, default 10 s
 * @param response a whole exchange of a small call; of a stream, the time from the end of the request to the head of the reply; 100 ms to
 *     1 h, default 30 s
 * @param idle the time in which a stream moves no byte; 100 ms to 1 h, default as {@code response}
 */
public record HttpLimits(Duration connect, Duration response, Duration idle) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    public HttpLimits {
        require(between(connect, LONGEST_CONNECT), "connect must be 100 ms to 5 min but is " + connect);
        require(between(response, LONGEST), "response must be 100 ms to 1 h but is " + response);
        require(between(idle, LONGEST), "idle must be 100 ms to 1 h but is " + idle);
    }

    /** The defaults. */
    public HttpLimits() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** The same with another limit of a connect. */
    public HttpLimits connect(Duration limit) {
        return new HttpLimits(limit, response, idle);
    }

    /** The same with another limit of an exchange. */
    public HttpLimits response(Duration limit) {
        return new HttpLimits(connect, limit, idle);
    }

    /** The same with another limit of a stream that stands still. */
    public HttpLimits idle(Duration limit) {
        return new HttpLimits(connect, response, limit);
    }

    private static boolean between(Duration value, Duration most) {
        return value.compareTo(SHORTEST) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
