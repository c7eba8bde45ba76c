package dev.mooring.spring.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String VALID = "00-" + TRACE + "-b7ad6b7169203331-01";

    @Test
    void header_ofTheFirstVersion_isTakenAsItIs() {
        assertThat(TraceParent.known(VALID)).contains(VALID);
        assertThat(TraceParent.traceId(VALID)).contains(TRACE);
    }

    @Test
    void header_ofALaterVersion_isCutToWhatTheFirstOneKnows() {
        assertThat(TraceParent.known("cc-" + TRACE + "-b7ad6b7169203331-01-more"))
                .contains(VALID);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x"
            })
    void header_thatIsNotValid_isNone(@Nullable String header) {
        assertThat(TraceParent.known(header)).isEmpty();
    }

    @Test
    void thread_withoutARequest_hasNone() {
        assertThat(TraceParent.ofRequest()).isEmpty();
    }
}
