package dev.mooring.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of the README and the figures beside it say what was measured. */
class OutageChartTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PICTURES = ROOT.resolve("docs/pictures");

    @Test
    void chart_isDrawnFromTheData() throws IOException {
        Path picture = PICTURES.resolve("outage.svg");
        if (Boolean.getBoolean("mooring.regenerate")) {
            Files.writeString(picture, OutageChart.of(measured()));
        }
        assertThat(Files.readString(picture)).isEqualTo(OutageChart.of(measured()));
    }

    @Test
    void readme_saysTheFiguresOfTheData() throws IOException {
        Findings findings = Findings.of(measured());
        assertThat(Files.readString(ROOT.resolve("README.md")).replaceAll("\\s+", " "))
                .contains(
                        "health answered within " + findings.longestHealth("mooring"),
                        "plain Spring Boot's took " + findings.longestHealth("boot"),
                        "refused after " + findings.longestCall("mooring") + " at most",
                        "within " + findings.longestCallThen("mooring"),
                        "waited up to " + findings.longestCall("boot"));
    }

    private static List<Reply> measured() throws IOException {
        try (var lines = Files.lines(PICTURES.resolve("outage.csv"))) {
            return lines.map(Reply::of).toList();
        }
    }
}
