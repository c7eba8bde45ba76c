package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StartupInUtcTest {
    private static final int VERSION = 3 << 16;
    private static final int TLS_REQUEST = 80877103;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final StartupInUtc out = new StartupInUtc(sent);

    private static byte[] message(int code, String parameters) {
        byte[] text = parameters.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .putInt(8 + text.length)
                .putInt(code)
                .put(text)
                .array();
    }

    @Test
    void firstMessage_asksForUtcAndKeepsTheRest() throws IOException {
        out.write(message(TLS_REQUEST, ""));
        out.write(message(VERSION, "user|grün|TimeZone|PST|application_name||DateStyle|ISO||"));
        out.write(message(VERSION, "TimeZone|PST||"));

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(message(TLS_REQUEST, ""));
        expected.write(message(VERSION, "user|grün|TimeZone|UTC|application_name||DateStyle|ISO||"));
        expected.write(message(VERSION, "TimeZone|PST||"));
        assertThat(sent.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void bytesOfAnotherProtocol_passAsTheyAre() throws IOException {
        byte[] tls = {22, 3, 1, 0, 5, 1, 2, 3, 4, 5};
        out.write(tls);
        out.write(7);
        out.write(message(VERSION, "TimeZone|PST||"));

        assertThat(sent.toByteArray()).startsWith(tls).endsWith(message(VERSION, "TimeZone|PST||"));
        assertThat(sent.size()).isEqualTo(tls.length + 1 + message(VERSION, "TimeZone|PST||").length);
    }
}
