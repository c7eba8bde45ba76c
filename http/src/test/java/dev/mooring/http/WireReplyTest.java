package dev.mooring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies to probes that are no good HTTP. */
class WireReplyTest {
    @ParameterizedTest
    @ValueSource(strings = {" : secret", "secret: a\r\nsecret : b", ": secret", "secret"})
    void header_thatIsNone_isABadReply_whoseMessageRepeatsNothing(String header) {
        byte[] reply = ("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(BadReplyException.class)
                .isThrownBy(() -> WireReply.read(new ByteArrayInputStream(reply)))
                .satisfies(bad -> assertThat(bad.getMessage()).doesNotContain("secret"));
    }
}
