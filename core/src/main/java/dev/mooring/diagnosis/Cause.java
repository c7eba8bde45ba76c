package dev.mooring.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a check can fail, and what to look at.
 *
 * @param what the cause, as a sentence without its full stop
 * @param look what to check or to do about it, in the imperative
 * @param signs parts of messages that point to this cause and to no other one of its check, in any case of letters; empty where no
 *     message tells
 */
public record Cause(String what, String look, List<String> signs) {
    public Cause {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(look, "look");
        signs = List.copyOf(signs);
    }

    /** A cause that no message tells. */
    public Cause(String what, String look) {
        this(what, look, List.of());
    }

    /** Whether the message points to this cause. */
    boolean isIn(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return signs.stream().anyMatch(sign -> words.contains(sign.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return what + " → " + look;
    }
}
