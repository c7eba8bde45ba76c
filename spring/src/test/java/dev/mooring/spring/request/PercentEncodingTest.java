package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.fuzz.Fuzz;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "'', true",
        "/models/churn, true",
        "prefix=%C3%A9+%20, true",
        "%f0%9f%9a%a2, true",
        "a=%00, true",
        "prefix=%ff, false",
        "%C3x%A9, false",
        "%C3, false",
        "%c0%af, false",
        "%ed%a0%80, false",
        "%, false",
        "%4, false",
        "%zz, false",
        "%C3%, false"
    })
    void query_isText_whereItsEscapesAreUtf8(String raw, boolean isText) {
        assertThat(PercentEncoding.isText(raw)).isEqualTo(isText);
    }

    @Test
    void query_thatIsText_isReadLikeTheJdkReadsIt() {
        Fuzz.rounds(20_000, draw -> {
            String raw = draw.like("/models/%C3%A9?a=%20+b", "%F0%9F%9A%A2%25").replaceAll("[^\\x20-\\x7e]", "");
            boolean readable = PercentEncoding.isText(raw);
            boolean holdsReplacement = raw.toLowerCase(Locale.ROOT).contains("%ef%bf%bd");
            try {
                String decoded = URLDecoder.decode(raw, StandardCharsets.UTF_8);
                if (decoded.contains("\uFFFD") && !holdsReplacement) {
                    assertThat(readable).as(raw).isFalse();
                }
            } catch (IllegalArgumentException malformed) {
                assertThat(readable).as(raw).isFalse();
            }
        });
    }
}
