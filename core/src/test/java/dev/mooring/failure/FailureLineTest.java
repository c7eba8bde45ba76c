package dev.mooring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureLineTest {
    @Test
    void words_ofAServer_becomeOnePlainLine() {
        String foreign = "FATAL:\r\n\tno\u001b[31m \u009b2J pg_hba\u2028entry \u202efor\ud800 \"x\"\u0000 ü 😀";

        assertThat(Failure.oneLine(new IllegalStateException(foreign)))
                .isEqualTo("FATAL: no [31m 2J pg_hba entry for \"x\" ü 😀");
    }

    @Test
    void failure_ofAnExceptionWithoutAMessage_isItsKindAlone_unlessItsTypeIsAllThatIsKnown() {
        assertThat(Failure.ofCheck(new ConnectException(), FailureClassifier.jdk(), Instant.EPOCH))
                .hasToString("connection_refused");
        assertThat(Failure.ofCheck(new ConnectException("10.0.0.3:80"), FailureClassifier.jdk(), Instant.EPOCH))
                .hasToString("connection_refused: 10.0.0.3:80");
        assertThat(Failure.ofCheck(new IllegalStateException(), FailureClassifier.jdk(), Instant.EPOCH))
                .hasToString("unknown: IllegalStateException");
    }

    @Test
    void words_tooMany_areCutBetweenCharacters() {
        assertThat(Failure.oneLine(new IllegalStateException("ERROR: no such relation\n  Position: 358")))
                .isEqualTo("ERROR: no such relation");
        assertThat(Failure.oneLine(new IllegalStateException("😀".repeat(301)))).isEqualTo("😀".repeat(300) + "…");
    }
}
