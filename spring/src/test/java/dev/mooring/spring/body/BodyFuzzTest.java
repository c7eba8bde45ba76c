package dev.mooring.spring.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.testing.fuzz.Draw;
import dev.mooring.testing.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client sends, it is read or refused with a status for its own mistakes. */
@Timeout(120)
class BodyFuzzTest {
    private static final Set<String> KNOWN = Set.of("name", "scopes", "wait", "tags", "sizes");
    private static final String BODY = """
            {"name":"a \\u00e9","scopes":["r","w"],"wait":"2m","tags":{"b":"2","\\ud83d\\udea2":""},"sizes":{"x":1.5e3,"y":-0}}""";
    private static final PagedList NAMES = PagedList.byKey("n", name -> Text.objectionToFree(name, 100) == null);
    private static final PagedList NUMBERS = PagedList.newestFirst("v");

    @Test
    void body_whateverItIs_isReadOrRefused() {
        Fuzz.rounds(20_000, draw -> {
            byte[] body = draw.bytes(BODY, "{}", "[1,2]", "\"x\"");
            try {
                BodyReader reader = BodyReader.of(body, KNOWN);
                String name = reader.required("name", 10);
                reader.optional("note", 10);
                reader.requiredTexts("scopes");
                reader.duration("wait", Duration.ZERO, Duration.ofDays(365));
                reader.texts("tags", new BodyReader.Entries(10, 20, 20));
                reader.numbers("sizes", new BodyReader.Entries(10, 20, 20))
                        .values()
                        .forEach(number -> assertThat(number).isFinite());
                reader.mistakes().refuseIfAny();
                assertThat(Text.objectionTo(name, 10)).isNull();
                assertThat(new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(body);
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isIn(400, 422);
                assertThat(refused.problem().detail().length()).isLessThan(2_000);
                assertThat(refused.problem().errors()).hasSizeLessThanOrEqualTo(51);
            }
        });
    }

    @Test
    void utf8_isWhatTheJdkReadsAndWritesUnchanged() {
        Fuzz.rounds(20_000, draw -> {
            byte[] bytes = draw.bytes(BODY, "\uD83D\uDEA2é");
            boolean survives = java.util.Arrays.equals(
                    new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
            boolean holdsNul = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0;
            assertThat(BodyEncoding.isUtf8(bytes)).isEqualTo(survives && !holdsNul);
        });
    }

    @Test
    void pageToken_whateverItIs_leadsOnOrIsAMistake() {
        Fuzz.rounds(20_000, draw -> {
            page(draw, NAMES, "bmNodXJu");
            page(draw, NUMBERS, "djEyMw");
        });
    }

    private static void page(Draw draw, PagedList list, String right) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(list, draw.like("10", "100"), draw.like(right), mistakes);
        assertThat(request.limit()).isBetween(1, 100);
        if (request.after() != null) {
            assertThat(list.key(request.after())).isPresent();
        }
        if (list == NUMBERS && request.after() != null) {
            assertThat(request.below()).isPositive();
        }
    }

    @Test
    void text_shown_isWholeCharactersAndShort() {
        Fuzz.rounds(20_000, draw -> {
            String text = draw.text();
            assertThat(Text.length(Text.shown(text))).isLessThanOrEqualTo(61);
            if (Text.objectionToFree(text, Integer.MAX_VALUE) == null) {
                assertThat(Text.objectionToFree(Text.shown(text), 61)).isNull();
            }
        });
    }
}
