package dev.mooring.registry.differential;

import java.util.List;
import java.util.Random;

/** Random choices that a seed repeats. Not thread-safe. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    /** True in this share of the cases, in percent. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from 0 to {@code bound} - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Mostly one of the usual choices, and one of the odd ones in this share of the cases, in percent. */
    <T> T of(List<T> usual, List<T> odd, int percentOdd) {
        return chance(percentOdd) ? of(odd) : of(usual);
    }
}
