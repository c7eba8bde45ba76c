package dev.mooring.testing.fuzz;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Repeats a test with random input. Each round has a seed of its own, so that one number repeats the round that failed:
 *
 * <pre>{@code
 * mvn test -Dtest=BodyReaderFuzzTest -Dmooring.fuzz.seed=42                 round 42 alone
 * mvn test -Dtest=BodyReaderFuzzTest -Dmooring.fuzz.rounds=1000000          many rounds
 * }</pre>
 */
public final class Fuzz {
    private static final String SEED = "mooring.fuzz.seed";
    private static final String ROUNDS = "mooring.fuzz.rounds";

    private Fuzz() {}

    /** One round. What it throws fails the test. */
    @FunctionalInterface
    public interface Round {
        void run(Draw draw) throws Exception;
    }

    /** Runs {@code usual} rounds, or as many as the property {@code mooring.fuzz.rounds} says; only one where a seed is given. */
    public static void rounds(int usual, Round round) {
        Long given = Long.getLong(SEED);
        long first = given == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : given;
        int rounds = Integer.getInteger(ROUNDS, given == null ? usual : 1);
        System.out.println("fuzz: " + rounds + " rounds from -D" + SEED + "=" + first);
        for (long seed = first; seed < first + rounds; seed++) {
            try {
                round.run(new Draw(seed));
            } catch (Throwable failed) {
                throw new AssertionError("repeat it with -D" + SEED + "=" + seed + ": " + failed, failed);
            }
        }
    }
}
