package dev.mooring.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ErrorPagesTest {
    @Test
    void heading_withSeveralCodes_explainsEachUnderItsOwnName() {
        ErrorPages pages =
                new ErrorPages("# Codes\nAll.\n\n## one_away, two_away\nIt is away.\n\n## other\nIt is other.\n");

        assertThat(pages.section("two_away")).contains("two_away\n\nIt is away.\n");
        assertThat(pages.of("two_away")).contains("/errors/two_away");
        assertThat(pages.of("Codes")).isEmpty();
        assertThat(pages.section("third")).isEmpty();
    }

    @Test
    void code_thatTwoHeadingsHave_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorPages("## one\nA.\n## two, one\nB.\n"))
                .withMessage("two sections of the page of errors have the code one");
    }
}
