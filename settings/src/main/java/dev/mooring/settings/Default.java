package dev.mooring.settings;

import java.util.Optional;
import java.util.function.Function;

/** The value in force of a setting that no source has. */
sealed interface Default<T> {
    /** Nothing. */
    record None<T>() implements Default<T> {}

    /** Always the same. */
    record Value<T>(T value) implements Default<T> {}

    /** Whatever another setting has. */
    record Same<T>(Setting<T> other) implements Default<T> {}

    /** Depends on other settings, as the words say. */
    record Computed<T>(String words, Function<Settings, T> value) implements Default<T> {}

    /** A part of another setting's value, as the host is a part of a URI; asked before the default. */
    record Part<S, T>(Setting<S> whole, Function<S, Optional<T>> part) {}
}
