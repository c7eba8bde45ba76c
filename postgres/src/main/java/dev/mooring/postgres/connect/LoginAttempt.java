package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt to log in to one database name.
 *
 * @param host host, or hosts with their ports
 * @param port the port of the first
 * @param database the name tried
 * @param timeout the limit of the attempt
 * @param took how long it took
 * @param givenUp whether the supervisor gave it up, because it tries beside it again: that says nothing new
 * @param failure why it failed; empty when the connection stands
 */
public record LoginAttempt(
        String host,
        int port,
        String database,
        Duration timeout,
        Duration took,
        boolean givenUp,
        Optional<Failure> failure) {
    /** This attempt with its number, for the log. */
    ConnectionAttempt numbered(int attempt, OptionalInt attempts, Optional<Duration> nextDelay) {
        return new ConnectionAttempt(host, port, database, attempt, attempts, timeout, took, failure, nextDelay);
    }
}
