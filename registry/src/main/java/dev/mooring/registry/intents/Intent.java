package dev.mooring.registry.intents;

import java.time.Duration;
import java.util.Optional;

/**
 * An order as all instances know it: a row of {@code operator_intent}. Its times are durations, measured by the database's clock, so
 * that no two clocks are compared.
 *
 * @param seq its number; of one dependency the highest counts
 * @param dependency of whose breaker
 * @param act what
 * @param actor who gave it
 * @param reason why
 * @param age how long ago
 * @param left for how long it still holds, where the act lasts; zero or less when it has expired
 */
record Intent(
        long seq, String dependency, Act act, String actor, String reason, Duration age, Optional<Duration> left) {}
