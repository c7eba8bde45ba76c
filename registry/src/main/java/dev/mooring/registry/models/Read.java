package dev.mooring.registry.models;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outcome of a read.
 *
 * @param value what was read
 * @param age how old it is at most, where it comes from a mirror; empty where it is the present state
 * @param degraded whether it comes from a mirror because the registry itself does not answer
 */
public record Read<T>(T value, Optional<Duration> age, boolean degraded) {
    /** The present state. */
    public static <T> Read<T> present(T value) {
        return new Read<>(value, Optional.empty(), false);
    }

    /** The state of a mirror, because the registry itself does not answer. */
    public static <T> Read<T> mirrored(T value, Duration age) {
        return new Read<>(value, Optional.of(age), true);
    }

    /** The state of a mirror that always answers this read. */
    public static <T> Read<T> listed(T value, Duration age) {
        return new Read<>(value, Optional.of(age), false);
    }

    /** The same with another value. */
    public <R> Read<R> map(Function<T, R> change) {
        return new Read<>(change.apply(value), age, degraded);
    }
}
