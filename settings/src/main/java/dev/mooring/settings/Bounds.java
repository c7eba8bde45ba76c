package dev.mooring.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The smallest and the greatest accepted value, both included. An absent bound is no limit. */
record Bounds<T>(@Nullable T least, @Nullable T most) {
    boolean hold(T value) {
        return (least == null || compare(value, least) >= 0) && (most == null || compare(value, most) <= 0);
    }

    /** The bounds in words that follow a noun: {@code from 1 to 65535}; empty without bounds. */
    String words(Function<? super T, String> show) {
        if (least != null && most != null) {
            return "from " + show.apply(least) + " to " + show.apply(most);
        }
        if (least != null) {
            return "of at least " + show.apply(least);
        }
        return most == null ? "" : "of at most " + show.apply(most);
    }

    @SuppressWarnings("unchecked") // only ordered types have bounds; the first check of any other type fails
    private static <T> int compare(T a, T b) {
        return ((Comparable<T>) a).compareTo(b);
    }
}
