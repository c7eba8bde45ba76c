package dev.mooring.operations.orders;

import java.time.Duration;
import java.util.Optional;

/**
 * An order as all instances know it: a row of {@code operator_intent}. The database measures its times as durations, with its own
 * clock, so no code compares the clocks of two machines.
 *
 * @param seq its number; of all orders for a dependency, the one with the highest number counts
 * @param dependency the dependency whose breaker obeys it
 * @param kind what the breaker has to do
 * @param actor the name of the caller that gave it
 * @param reason why, in the caller's words
 * @param age the time since the caller gave it
 * @param left how long it still holds, for a kind that lasts; zero or less when it has expired
 */
record RecordedOrder(
        long seq,
        String dependency,
        OrderKind kind,
        String actor,
        String reason,
        Duration age,
        Optional<Duration> left) {}
