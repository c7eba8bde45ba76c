package dev.mooring.operations.orders;

import java.time.Duration;
import java.util.Optional;

/**
 * An order as all instances know it: a row of {@code operator_intent}. The clock of the database measures its times as durations, so
 * that nothing compares two clocks.
 *
 * @param seq its number; of the orders for one dependency the highest counts
 * @param dependency the dependency whose breaker obeys it
 * @param kind what it orders
 * @param actor who gave it
 * @param reason why
 * @param age how long ago it was given
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
