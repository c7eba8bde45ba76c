package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormsTest {
    @ParameterizedTest
    @CsvSource({
        "10, PT10S, 10s",
        "10.0, PT10S, 10s",
        "1.5, PT1.5S, 1.5s",
        ".5, PT0.5S, 500ms",
        "250ms, PT0.25S, 250ms",
        "2m, PT2M, 2m",
        "PT30S, PT30S, 30s",
        "24h, PT24H, 24h",
        "1d, PT24H, 24h",
        "90s, PT1M30S, 90s",
        "10 S, PT10S, 10s",
        "0, PT0S, 0s",
        "pt2m, PT2M, 2m",
        "1.5m, PT1M30S, 90s",
        "0.1ms, PT0.0001S, 0.1ms"
    })
    void duration_everyForm_isReadAndShownInTheShortestOne(String text, Duration expected, String shown) {
        assertThat(Durations.parse(text)).contains(expected);
        assertThat(Durations.show(expected)).isEqualTo(shown);
        assertThat(Durations.parse(shown)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "PT-1S", "1,5", "soon", "10x", "", "1e3", "NaN", "999999999999999d", "PT99999999999H", "."
            })
    void duration_anythingElse_isRefused(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://user:s3cret@db:5432/mine?sslmode=require&password=s3cret|postgresql://…@db:5432/mine?…",
                "jdbc:postgresql://db/mine|jdbc:postgresql://db/mine",
                "postgres://user:s3/cret@a:1,b:2/mine|postgres://…@a:1,b:2/mine",
                "postgresql://user@[::1]:5432/mine|postgresql://…@[::1]:5432/mine",
            })
    void uri_shown_isWithoutUserPasswordAndQuery(String uri, String shown) {
        assertThat(SafeUri.shown(uri)).contains(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:s3cret/mine",
                "postgresql://user:s3@cret@db/mine",
                "postgresql://user:s3?cret@db/mine",
                "postgresql://user:s3#cret@db/mine",
                "postgresql://db/mine?password=s3@cret",
                "postgresql:/user:s3cret@db",
                "user:s3cret@db",
                "postgresql://db/user:s3cret",
            })
    void uri_whereAPasswordCouldStandAnywhere_isNotShownAtAll(String uri) {
        assertThat(SafeUri.shown(uri)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "YES, true", "on, true", "1, true", "False, false", "no, false", "OFF, false", "0, false"
    })
    void flag_everyForm_isRead(String text, boolean expected) {
        assertThat(Setting.flag("x").read(text)).contains(expected);
    }

    @Test
    void list_withSpacesAndGaps_isCleaned() {
        assertThat(Setting.list("x").read("a, b,,c ")).contains(List.of("a", "b", "c"));
    }

    @Test
    void decimal_notFinite_isRefused() {
        Setting<Double> jitter = Setting.decimal("jitter").between(0.0, 1.0);

        assertThat(jitter.read("0.2")).contains(0.2);
        assertThat(jitter.read("NaN")).isEmpty();
        assertThat(jitter.read("Infinity")).isEmpty();
        assertThat(jitter.read("1.01")).isEmpty();
        assertThat(jitter.accepts()).isEqualTo("a number from 0 to 1");
    }

    @Test
    void path_impossible_isRefused() {
        assertThat(Setting.path("x").read("a\0b")).isEmpty();
    }
}
