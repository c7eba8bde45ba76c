package dev.mooring.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT-3S, 0 ms",
        "PT0.023S, 23 ms",
        "PT0.8S, 0.8 s",
        "PT2S, 2 s",
        "PT9.96S, 10.0 s",
        "PT42.9S, 42 s",
        "PT1M, 1 min",
        "PT2M10S, 2 min 10 s",
        "PT3H5M59S, 3 h 5 min",
        "P4DT2H, 4 d 2 h"
    })
    void duration_hasItsTwoLargestUnits(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T02:01:22Z, 03:01:22+01:00",
        "2026-03-01T17:20:00Z, yesterday 18:20+01:00",
        "2026-03-03T17:20:00Z, tomorrow 18:20+01:00",
        "2026-02-27T17:20:00Z, 2026-02-27 18:20+01:00"
    })
    void moment_isAsNearAsItsDay_withTheOffsetOfItsZone(Instant moment, String text) {
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T02:30:00Z"), ZoneId.of("Europe/Berlin"));

        assertThat(new Moments(clock).text(moment)).isEqualTo(text);
        assertThat(new Moments(clock).in("forced_open until " + moment + ", and no later"))
                .as("a sentence of a service")
                .isEqualTo("forced_open until " + text + ", and no later");
    }

    @Test
    void columns_standBelowEachOther_alsoWithColours() {
        Palette palette = new Palette(Ansi.ON);

        assertThat(new Columns()
                        .row("database", palette.bad("down"), "since 03:01:22Z")
                        .row("redis", "up", "")
                        .lines())
                .extracting(line -> line.replaceAll("\u001B\\[[0-9;]*m", ""))
                .containsExactly("database  down  since 03:01:22Z", "redis     up");
    }

    @Test
    void text_ofOtherSystems_movesNoCursor() {
        assertThat(SafeText.of("a\u001B[2Jb\nc\u202Ed\u009Be")).isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe");
    }

    @Test
    void line_thatIsTooWide_isCutAtTheColumnThatAPersonSees() {
        String red = new Palette(Ansi.ON).bad("abcdef");

        assertThat(AnsiText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(AnsiText.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(AnsiText.width(AnsiText.cut(red, 4))).isEqualTo(4);
        assertThat(AnsiText.cut(red, 4)).endsWith("\u001B[0m");
    }

    @ParameterizedTest
    @CsvSource({
        "true, '', xterm, true, true",
        "true, 1, xterm, true, false",
        "true, '', dumb, false, false",
        "false, '', xterm, false, false"
    })
    void colours_areOnATerminalOnly_andOnlyWhereTheUserWantsThem(
            boolean isThere, String noColor, String term, boolean isTerminal, boolean isColoured) {
        Screen screen = Screen.of(Map.of("NO_COLOR", noColor, "TERM", term), isThere);

        assertThat(screen.isTerminal()).isEqualTo(isTerminal);
        assertThat(screen.ansi()).isEqualTo(isColoured ? Ansi.ON : Ansi.OFF);
    }
}
