package dev.mooring.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {
    @Test
    void line_thatFits_staysAsItIs() {
        assertThat(Wrapping.lines("  two  words", 12, 4)).containsExactly("  two  words");
    }

    @Test
    void line_thatIsTooLong_breaksAtSpaces_withTheIndentOfItsContinuation() {
        assertThat(Wrapping.lines("  may not read a, b, c and d", 14, 4))
                .containsExactly("  may not read", "    a, b, c", "    and d");
    }

    @Test
    void word_thatIsTooLong_isNotBroken() {
        assertThat(Wrapping.lines("see https://registry.internal:8080/ops for more", 12, 2))
                .containsExactly("see", "  https://registry.internal:8080/ops", "  for more");
        assertThat(Wrapping.lines("abcdefghijklmnop", 5, 2)).containsExactly("abcdefghijklmnop");
    }

    @Test
    void colours_takeNoColumns() {
        assertThat(Wrapping.lines("\u001B[31mone two\u001B[0m", 7, 2)).containsExactly("\u001B[31mone two\u001B[0m");
    }
}
