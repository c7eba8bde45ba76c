package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt to open a connection, as it is logged and counted.
 *
 * @param host the host tried
 * @param port the port tried
 * @param database the database name tried, or empty where the backend has none
 * @param attempt which attempt this is, from 1
 * @param attempts how many there will be at most; empty for a supervisor, which never stops
 * @param timeout the limit of this attempt
 * @param took how long it took
 * @param failure why it failed, or empty when the connection stands
 * @param nextDelay the wait until the next attempt, or empty when there is none
 */
record ConnectionAttempt(
        String host,
        int port,
        String database,
        int attempt,
        OptionalInt attempts,
        Duration timeout,
        Duration took,
        Optional<Failure> failure,
        Optional<Duration> nextDelay) {}
