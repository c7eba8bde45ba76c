package dev.mooring.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The smallest and the greatest value that is accepted, both included; one of them may be missing. */
record Bounds<T>(@Nullable T least, @Nullable T most) {
    boolean hold(T value) {
        return (least == null || compare(value, least) >= 0) && (most == null || compare(value, most) <= 0);
    }

    /** The same in words, to stand after a noun: {@code from 1 to 65535}. */
    String words(Function<? super T, String> show) {
        if (least != null && most != null) {
            return "from " + show.apply(least) + " to " + show.apply(most);
        }
        if (least != null) {
            return "of at least " + show.apply(least);
        }
        return most == null ? "" : "of at most " + show.apply(most);
    }

    @SuppressWarnings("unchecked") // bounds are only given to types that have an order; the first check would show it
    private static <T> int compare(T a, T b) {
        return ((Comparable<T>) a).compareTo(b);
    }
}
