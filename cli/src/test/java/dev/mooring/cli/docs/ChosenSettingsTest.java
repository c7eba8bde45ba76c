package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arithmetic of docs/how-to/choose-breaker-settings.md. */
class ChosenSettingsTest {
    private static final double YEAR = Duration.ofDays(365).toSeconds();
    private static final int THRESHOLD = new BreakerSettings().failures();

    private final String page =
            Repository.page("docs/how-to/choose-breaker-settings.md").text();

    @Test
    void thresholds_areTheSmallestWithLessThanOneFalseOpeningInAYear() {
        for (int rate : List.of(1, 20, 200)) {
            assertRow(Stream.concat(
                    Stream.of(String.valueOf(rate)),
                    DoubleStream.of(0.001, 0.01, 0.05, 0.1)
                            .mapToObj(share -> String.valueOf(smallestThreshold(rate, share)))));
        }
    }

    @Test
    void falseOpeningOfTheExample_comesAsSeldomAsThePageSays() {
        assertThat(page)
                .contains("A false opening comes every " + Math.round(1 / inAYear(20, 0.01, THRESHOLD)) + " years");
    }

    private static int smallestThreshold(int rate, double share) {
        return IntStream.rangeClosed(1, 100)
                .filter(threshold -> inAYear(rate, share, threshold) < 1)
                .findFirst()
                .orElseThrow();
    }

    private static double inAYear(int rate, double share, int threshold) {
        return rate * YEAR * (1 - share) * Math.pow(share, threshold);
    }

    @Test
    void partialFailures_openAfterAsManyCallsAsThePageSays() {
        for (double share : List.of(1.0, 0.9, 0.7, 0.5, 0.3, 0.2)) {
            double row = Math.pow(share, THRESHOLD);
            double calls = share == 1 ? THRESHOLD : (1 - row) / ((1 - share) * row);
            assertRow(Stream.of(
                    Math.round(share * 100) + " %",
                    String.valueOf(Math.round(calls)),
                    String.format(Locale.ROOT, "%.1f s", calls / 20)));
        }
    }

    @Test
    void pauses_areThoseOfTheBreaker() {
        for (long seconds : List.of(60L, 12L)) {
            BreakerSettings settings = new BreakerSettings().recoveryTimeout(Duration.ofSeconds(seconds));
            String pauses = IntStream.range(0, 9)
                    .mapToObj(
                            failed -> String.valueOf(settings.pauseAfter(failed).toSeconds()))
                    .collect(Collectors.joining(", "));
            assertRow(Stream.of(seconds + " s", pauses + " s"));
        }
    }

    private void assertRow(Stream<String> cells) {
        assertThat(page).contains(cells.collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
