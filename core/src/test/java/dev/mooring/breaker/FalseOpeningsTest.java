package dev.mooring.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.mooring.failure.Failure;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas of docs/how-to/choose-breaker-settings.md hold for the real breaker, whose failures come by chance. */
class FalseOpeningsTest {
    private static final int CALLS = 1_000_000;

    @ParameterizedTest
    @CsvSource({"0.1, 3", "0.2, 4", "0.3, 5", "0.5, 5"})
    void failures_by_chance_open_the_breaker_as_often_as_the_formula_says(double share, int threshold) {
        Rig rig = Rig.unprobed(new BreakerSettings().failures(threshold));
        SplittableRandom chance = new SplittableRandom(42);
        Failure failure = rig.failure();
        int openings = 0;
        for (int call = 0; call < CALLS; call++) {
            Permit permit = rig.breaker.acquire();
            if (chance.nextDouble() < share) {
                permit.failure(failure);
                rig.suspicions.clear();
            } else {
                permit.success();
            }
            if (rig.state() == BreakerState.OPEN) {
                openings++;
                rig.moves.clear();
                new OperatorControl(rig.breaker).reset();
            }
        }

        double row = Math.pow(share, threshold);
        double callsBetween = (1 - row) / ((1 - share) * row);
        double expected = CALLS / callsBetween;
        System.out.printf(
                Locale.ROOT,
                "measured openings by chance, %.0f %% of %,d calls failing, %d in a row: %d (the formula says %.0f)%n",
                share * 100,
                CALLS,
                threshold,
                openings,
                expected);
        assertThat((double) openings).isCloseTo(expected, withinPercentage(10));
        // The simpler form on the page, for rows that are rare.
        if (share <= 0.2) {
            assertThat(CALLS * (1 - share) * row).isCloseTo(expected, withinPercentage(1));
        }
    }
}
