package dev.mooring.cli.service.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Run;
import dev.mooring.cli.service.Answer;
import dev.mooring.cli.service.ServiceException;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Notes;
import dev.mooring.cli.terminal.Palette;
import dev.mooring.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

class WatchTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T03:30:00Z"), ZoneOffset.UTC);
    private static final String AWAY = "away";

    private final StringWriter out = new StringWriter();

    /** What a watch prints that sees the database in these states, one after the other. */
    private String seen(boolean isTerminal, boolean isJson, String... states) throws InterruptedException {
        PrintWriter printer = new PrintWriter(out);
        Surroundings with = new Surroundings(
                Map.of(), Run.CATALOG, printer, printer, Ansi.OFF, new Notes(printer), isTerminal, CLOCK);
        ArrayDeque<String> left = new ArrayDeque<>(List.of(states));
        new Watch(with, new StatusText(new Moments(CLOCK), new Palette(Ansi.OFF), 80), isJson)
                .run(() -> snapshot(left.pop()), () -> !left.isEmpty());
        return out.toString();
    }

    private static Snapshot snapshot(String state) {
        if (state.equals(AWAY)) {
            throw new ServiceException(ServiceException.UNREACHABLE, "http://service does not answer");
        }
        String status = state.equals("up") ? "healthy" : "unhealthy";
        return new Snapshot(
                "http://service",
                new Answer(JsonMapper.shared().readTree("""
                                {"status":"%s","service":"registry","version":"1.0.0","dependencies":{"database":
                                {"status":"%s","critical":true,"since":"2026-03-02T03:20:00Z"}}}""".formatted(status, state))),
                "no key",
                List.of());
    }

    @Test
    void watch_elsewhereThanOnATerminal_printsTheStateOnce_thenALineForEachChange() throws InterruptedException {
        assertThat(seen(false, false, "up", "up", "down", AWAY, AWAY, "up")).isEqualTo("""
                registry 1.0.0  healthy for 10 min   http://service
                  database  up  since 03:20:00Z
                03:30:00Z  registry healthy → unhealthy
                03:30:00Z  database up → down
                03:30:00Z  registry unhealthy → unreachable
                03:30:00Z  registry unreachable → healthy
                03:30:00Z  database down → up
                """);
    }

    @Test
    void watch_ofAServiceThatIsNotThereYet_beginsWhenItIs() throws InterruptedException {
        assertThat(seen(false, false, AWAY, AWAY, "up")).isEqualTo("""
                http://service does not answer
                registry 1.0.0  healthy for 10 min   http://service
                  database  up  since 03:20:00Z
                """);
    }

    @Test
    void watch_onATerminal_drawsInPlace() throws InterruptedException {
        String drawn = seen(true, false, "up", "down");

        assertThat(drawn).startsWith("\u001B[H\u001B[2Jregistry 1.0.0  healthy");
        assertThat(drawn).contains("\u001B[J\u001B[Hregistry 1.0.0  unhealthy").endsWith("\u001B[J");
    }

    @Test
    void watch_inJson_isOneDocumentInALineForEachChange() throws InterruptedException {
        assertThat(seen(false, true, "up", "up", "down", AWAY).lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("schema_version")
                                .asInt())
                        .isEqualTo(1));
    }
}
