package dev.mooring.profiles;

import java.time.Duration;

/**
 * The limits of the job that creates a schema, where the settings say nothing else. Immutable.
 *
 * @param applicationName the name that the server shows for the job's sessions
 * @param connect the limit of the TCP connect and of each answer during the log-in
 * @param command the limit of one statement
 */
public record InitLimits(String applicationName, Duration connect, Duration command) {
    /** A job with the usual limits: 10 s to connect, 60 s for a statement. */
    public static InitLimits of(String applicationName) {
        return new InitLimits(applicationName, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
