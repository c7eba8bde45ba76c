package dev.mooring.settings;

import java.util.Optional;
import java.util.function.Function;

/** Where the value of a setting comes from when no source has one. */
sealed interface Default<T> {
    /** No default: the setting has no value. */
    record None<T>() implements Default<T> {}

    /** A fixed value. */
    record Value<T>(T value) implements Default<T> {}

    /** The value of another setting. */
    record Same<T>(Setting<T> other) implements Default<T> {}

    /** A value computed from other settings, or none; {@code words} describe it. */
    record Computed<T>(String words, Function<Settings, Optional<T>> value) implements Default<T> {}

    /** A part of another setting's value, as the host is a part of a URI. It goes before the default. */
    record Part<S, T>(Setting<S> whole, Function<S, Optional<T>> part) {}
}
