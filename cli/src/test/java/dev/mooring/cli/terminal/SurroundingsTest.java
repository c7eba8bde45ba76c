package dev.mooring.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Run;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class SurroundingsTest {
    @ParameterizedTest
    @CsvSource({"true,120,120", "true,20,40", "true,wide,80", "true,'',80", "false,120,80"})
    void line_isAsWideAsTheTerminal_and80Elsewhere(boolean isTerminal, String columns, int width) {
        PrintWriter nothing = new PrintWriter(Writer.nullWriter());

        assertThat(new Surroundings(
                                Map.of("COLUMNS", columns),
                                Run.CATALOG,
                                nothing,
                                nothing,
                                Ansi.OFF,
                                new Notes(nothing),
                                isTerminal,
                                Clock.systemUTC())
                        .width())
                .isEqualTo(width);
    }
}
