package dev.mooring.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FuzzTest {
    private static final String RIGHT = "postgresql://user@host:5432/models?sslmode=require";

    @Test
    void draws_ofOneSeed_areTheSame_andThoseOfOthersAreNot() {
        List<String> drawn = new ArrayList<>();
        for (long seed = 0; seed < 200; seed++) {
            assertThat(drawnBy(seed)).isEqualTo(drawnBy(seed));
            drawn.add(drawnBy(seed));
        }
        assertThat(drawn).doesNotHaveDuplicates();
    }

    @Test
    void bytes_areOftenNearlyRight_andSometimesNoUtf8() {
        int unchanged = 0;
        int broken = 0;
        for (long seed = 0; seed < 500; seed++) {
            String read = new String(new Draw(seed).bytes(RIGHT), StandardCharsets.UTF_8);
            unchanged += read.equals(RIGHT) ? 1 : 0;
            broken += read.contains("\ufffd") ? 1 : 0;
        }
        assertThat(unchanged).isBetween(20, 250);
        assertThat(broken).isGreaterThan(50);
    }

    @Test
    void roundThatFails_namesTheSeedThatRepeatsIt() {
        List<String> inputs = new ArrayList<>();

        assertThatThrownBy(() -> Fuzz.rounds(50, draw -> {
                    inputs.add(draw.text());
                    if (inputs.size() == 7) {
                        throw new IllegalStateException("broken");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("broken")
                .satisfies(failed -> {
                    Matcher seed = Pattern.compile("seed=(\\d+)").matcher(failed.getMessage());
                    assertThat(seed.find()).isTrue();
                    assertThat(new Draw(Long.parseLong(seed.group(1))).text()).isEqualTo(inputs.get(6));
                });
        assertThat(inputs).hasSize(7);
    }

    private static String drawnBy(long seed) {
        Draw draw = new Draw(seed);
        return draw.text() + draw.almost(RIGHT) + draw.like("a", "b") + draw.number(1_000_000_000) + draw.onceIn(2);
    }
}
