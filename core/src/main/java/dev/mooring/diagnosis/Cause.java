package dev.mooring.diagnosis;

import java.util.Objects;

/**
 * Why a check can fail, and what to look at.
 *
 * @param what the cause, as a sentence without its full stop
 * @param look what to check or to do about it, in the imperative
 */
public record Cause(String what, String look) {
    public Cause {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(look, "look");
    }

    @Override
    public String toString() {
        return what + " → " + look;
    }
}
