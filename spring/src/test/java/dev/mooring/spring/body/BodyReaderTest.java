package dev.mooring.spring.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final Set<String> KNOWN =
            new LinkedHashSet<>(List.of("name", "note", "scopes", "wait", "tags", "sizes"));
    private static final BodyReader.Entries LIMITS = new BodyReader.Entries(2, 4, 8);

    @Test
    void rightFields_areRead_andNothingIsRefused() {
        BodyReader body = reader("""
                {"name":"a","note":"","scopes":["r","w","r"],"wait":"2m","tags":{"b":"2","a":""},"sizes":{"x":1}}""");

        assertThat(body.required("name", 4)).isEqualTo("a");
        assertThat(body.optional("note", 4)).isEmpty();
        assertThat(body.requiredTexts("scopes")).containsExactly("r", "w");
        assertThat(body.duration("wait", Duration.ofSeconds(1), Duration.ofHours(1)))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(body.texts("tags", LIMITS)).containsExactly(Map.entry("a", ""), Map.entry("b", "2"));
        assertThat(body.numbers("sizes", LIMITS)).containsExactly(Map.entry("x", 1.0));
        body.mistakes().refuseIfAny();
        assertThat(body.mistakes().fields()).isEmpty();
    }

    @Test
    void body_inAnotherEncoding_isNoJson() {
        List<byte[]> bodies = List.of(
                "{}".getBytes(StandardCharsets.UTF_16),
                "{}".getBytes(StandardCharsets.UTF_16LE),
                "{}".getBytes(StandardCharsets.UTF_16BE),
                new byte[] {0, 0, 0, '{', 0, 0, 0, '}'},
                "{\"note\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {'{', '"', (byte) 0xc1, (byte) 0xae, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
        for (byte[] body : bodies) {
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> BodyReader.of(body, KNOWN));
            assertThat(refused.problem().status()).isEqualTo(400);
            assertThat(refused.problem().detail()).contains("UTF-8");
        }
    }

    @Test
    void body_withMorePartsThanAnyCallHas_isRefusedBeforeItIsBuilt() {
        byte[] body = ("{\"note\":[" + "[],".repeat(300_000) + "[]]}").getBytes(StandardCharsets.UTF_8);
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> BodyReader.of(body, KNOWN));
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().detail()).contains("50000 names, values and brackets");
    }

    @Test
    void parts_inTexts_doNotCount() {
        assertThat(JsonSize.parts("{\"a,:[]\\\"{}\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(4);
        assertThat(JsonSize.parts(new byte[0])).isEqualTo(1);
    }

    @Test
    void absentFieldsAndNulls_areTheSame() {
        for (String body : List.of("{}", "{\"note\":null,\"wait\":null,\"tags\":null,\"sizes\":null}")) {
            BodyReader reader = reader(body);

            assertThat(reader.optional("note", 4)).isNull();
            assertThat(reader.duration("wait", Duration.ZERO, Duration.ofDays(1)))
                    .isNull();
            assertThat(reader.texts("tags", LIMITS)).isEmpty();
            assertThat(reader.numbers("sizes", LIMITS)).isEmpty();
            assertThat(reader.given("note")).isNull();
            reader.mistakes().refuseIfAny();
        }
    }

    @Test
    void wait_withoutAUnit_isInSeconds() {
        for (String body : List.of("{\"wait\":90}", "{\"wait\":\"90\"}", "{\"wait\":\"1.5m\"}")) {
            assertThat(reader(body).duration("wait", Duration.ZERO, Duration.ofDays(1)))
                    .isEqualTo(Duration.ofSeconds(90));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name: is required",
                "{'name':' '} | name: must not be blank",
                "{'name':1} | name: must be a text, but is a number",
                "{'name':[]} | name: must be a text, but is an array",
                "{'name':'12345'} | name: is 5 characters long; at most 4 are accepted",
                "{'name':'\\u0000'} | name: holds a NUL character (U+0000), which cannot be kept",
                "{'name':'a','note':{}} | note: must be a text, but is an object",
                "{'name':'a','tags':true} | tags: must be an object, but is a boolean",
                "{'name':'a','tags':{'k':1}} | tags.k: must be a text, but is a number",
                "{'name':'a','tags':{'k':'123456789'}} | tags.k: is 9 characters long; at most 8 are accepted",
                "{'name':'a','tags':{'':'v'}} | tags: has a name that must not be blank",
                "{'name':'a','tags':{'a':'','b':'','c':''}} | tags: has 3 entries; at most 2 are accepted",
                "{'name':'a','sizes':{'x':'1'}} | sizes.x: must be a number, but is a text",
                "{'name':'a','sizes':{'x':null}} | sizes.x: must be a number, but is null",
                "{'name':'a','sizes':{'x':1e999}} | sizes.x: is too large for a 64-bit floating-point number",
                "{'name':'a','nmae':'b'} | nmae: is not known; known are name, note, scopes, wait, tags, sizes",
                "[] | body: must be an object, but is an array",
            })
    void oneMistake_isNamedWithItsField(String body, String entry) {
        Problem problem = refused(body.replace('\'', '"'));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("invalid_request");
        assertThat(entries(problem)).containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"wait\":\"soon\"}", "{\"wait\":true}", "{\"wait\":0}", "{\"wait\":\"2h\"}"})
    void wait_thatIsNoDurationOrOutOfBounds_isRefusedWithTheBounds(String body) {
        BodyReader reader = reader(body);

        assertThat(reader.duration("wait", Duration.ofSeconds(1), Duration.ofHours(1)))
                .isNull();
        assertThat(entries(refusedBy(reader))).singleElement().asString().contains("from 1s to 1h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | scopes: is required",
                "{'scopes':'r'} | scopes: must be an array of texts",
                "{'scopes':[1]} | scopes: must be an array of texts"
            })
    void texts_thatAreNoArrayOfTexts_areRefused(String body, String entry) {
        BodyReader reader = reader(body.replace('\'', '"'));

        assertThat(reader.requiredTexts("scopes")).isEmpty();
        assertThat(entries(refusedBy(reader))).containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"name\":\"a\",}", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}", "name=a"})
    void body_thatIsNotJson_isMalformed(String body) {
        Problem problem = refused(body);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("malformed_json");
        assertThat(problem.detail()).startsWith("the body is ");
    }

    @Test
    void body_thatIsNotJson_isAnsweredWithWhatToChange() {
        for (String number : List.of("NaN", "Infinity", "-Infinity")) {
            assertThat(refused("{\"accuracy\": " + number + "}").detail())
                    .as(number)
                    .startsWith("the body is not JSON: NaN and Infinity are no JSON numbers")
                    .contains("at line 1, column ");
        }
        assertThat(refused("{'name': 1}").detail())
                .startsWith("the body is not JSON: names and texts have double quotes")
                .contains("at line 1, column ");
    }

    @Test
    void body_thatIsAbsent_isMalformed() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> BodyReader.of(null, KNOWN))
                        .problem()
                        .detail())
                .isEqualTo("the body is empty; expected a JSON object");
    }

    @Test
    void longName_ofAnUnknownField_isCutInTheAnswer() {
        Problem problem = refused("{\"name\":\"a\",\"" + "🚢".repeat(1_000) + "\":1}");

        assertThat(problem.errors().get(0).field()).isEqualTo("🚢".repeat(40) + "…");
    }

    private static Problem refused(String body) {
        return catchThrowableOfType(ProblemException.class, () -> {
                    BodyReader reader = reader(body);
                    reader.required("name", 4);
                    reader.optional("note", 4);
                    reader.texts("tags", LIMITS);
                    reader.numbers("sizes", LIMITS);
                    reader.mistakes().refuseIfAny();
                })
                .problem();
    }

    private static Problem refusedBy(BodyReader reader) {
        return catchThrowableOfType(
                        ProblemException.class, () -> reader.mistakes().refuseIfAny())
                .problem();
    }

    private static List<String> entries(Problem problem) {
        return problem.errors().stream()
                .map(error -> error.field() + ": " + error.message())
                .toList();
    }

    private static BodyReader reader(String body) {
        return BodyReader.of(body.getBytes(StandardCharsets.UTF_8), KNOWN);
    }
}
