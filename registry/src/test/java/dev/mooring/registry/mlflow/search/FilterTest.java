package dev.mooring.registry.mlflow.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final List<String> WORDS = List.of(
            "name",
            "tags.team",
            "tag.`a b`",
            "attribute.name",
            "version_number",
            "run_id",
            "=",
            "!=",
            "<",
            ">=",
            "LIKE",
            "ILIKE",
            "IN",
            "NOT",
            "AND",
            "OR",
            "(",
            ")",
            ",",
            ".",
            "'x'",
            "\"y\"",
            "'%",
            "''",
            "`",
            "7",
            "-1",
            "1.5",
            "\\",
            "\0",
            "é",
            "\n",
            "--",
            ";",
            "🚢");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "name = 'a' | NAME  EQUAL [a]",
                "name='a' and name!=\"b\" | NAME  EQUAL [a], NAME  NOT_EQUAL [b]",
                "attribute.name LIKE 'a%' | NAME  LIKE [a%]",
                "tags.team = 'x' | TAG team EQUAL [x]",
                "tag.a.b.c != 'x' | TAG a.b.c NOT_EQUAL [x]",
                "tags.`a b/c` ilike 'x' | TAG a b/c ILIKE [x]",
                "tags.\"a\" = 'x' | TAG a EQUAL [x]",
                "name IN ('a', \"b\") | NAME  IN [a, b]",
                "name not in ('a') | NAME  NOT_IN [a]",
                "name = 'it''s' | NAME  EQUAL [it''s]",
                "name = 'it\\'s' | NAME  EQUAL [it\\'s]",
                "name = 'a\\' | NAME  EQUAL [a\\]",
                "name = 'a AND b' | NAME  EQUAL [a AND b]"
            })
    void filterOfModels_isRead(String filter, String clauses) {
        assertThat(shown(Filter.parse(filter, Subject.MODELS))).isEqualTo(clauses);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "version_number >= 2 | VERSION_NUMBER  AT_LEAST [2]",
                "version_number<'3' AND run_id='r' | VERSION_NUMBER  LESS [3], RUN_ID  EQUAL [r]",
                "source_path LIKE 's3:%' | SOURCE_PATH  LIKE [s3:%]"
            })
    void filterOfVersions_isRead(String filter, String clauses) {
        assertThat(shown(Filter.parse(filter, Subject.VERSIONS))).isEqualTo(clauses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "name",
                "name =",
                "name = a",
                "name = 5",
                "name > 'a'",
                "name == 'a'",
                "name <> 'a'",
                "Name = 'a'",
                "nope = 'a'",
                "run_id = 'a'",
                "attributes.name = 'a'",
                "Tags.k = 'a'",
                "tags = 'a'",
                "tags. = 'a'",
                "tags.k > 'a'",
                "tags.k IN ('a')",
                "tags.k IS NULL",
                "name = 'a' OR name = 'b'",
                "name = 'a' AND",
                "AND name = 'a'",
                "(name = 'a')",
                "name IN ()",
                "name IN 'a'",
                "name IN ('a'",
                "name IN ('a' 'b')",
                "name NOT LIKE 'a'",
                "name LIKE 'a\\'",
                "name = 'a",
                "name = 'a'; drop table x",
                "name = 'a' -- x",
                "name = 'a\0'"
            })
    void filterThatIsNone_isRefusedWithWords(String filter) {
        assertThatThrownBy(() -> Filter.parse(filter, Subject.MODELS))
                .isInstanceOf(SearchException.class)
                .message()
                .hasSizeBetween(20, 300);
    }

    @Test
    void noFilter_hasNoClauses() {
        assertThat(Filter.parse("", Subject.MODELS)).isEmpty();
    }

    @Test
    void randomClauses_areReadBackAsTheyWere() {
        Random random = new Random(20_261_126);
        for (int round = 0; round < 5_000; round++) {
            List<Clause> clauses = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                clauses.add(clause(random));
            }
            String filter = clauses.stream()
                    .map(FilterTest::written)
                    .collect(Collectors.joining(random.nextBoolean() ? " AND " : "\nand\t"));
            assertThat(Filter.parse(filter, Subject.VERSIONS)).as(filter).isEqualTo(clauses);
        }
    }

    @Test
    void randomText_isReadOrRefusedAndNothingElse() {
        Random random = new Random(13);
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder filter = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                filter.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(3) == 0 ? "" : " ");
            }
            try {
                Filter.parse(filter.toString(), random.nextBoolean() ? Subject.MODELS : Subject.VERSIONS);
                read++;
            } catch (SearchException refused) {
                assertThat(refused).hasMessageContaining(" ");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void longFilter_isReadInTime() {
        String quotes = "name = '" + "\\'".repeat(300_000);
        String clauses = "name = 'a' AND ".repeat(50_000) + "name = 'a'";

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(Filter.parse(quotes, Subject.MODELS)).hasSize(1);
            assertThat(Filter.parse(clauses, Subject.MODELS)).hasSize(50_001);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "name, NAME false",
        "name DESC, NAME true",
        "`name` asc, NAME false",
        "timestamp desc, LAST_UPDATED true"
    })
    void order_isRead(String entry, String order) {
        Order read = Order.parse(List.of(entry), Subject.MODELS).get(0);
        assertThat(read.key() + " " + read.falling()).isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " name",
                "name ",
                "name x",
                "tags.k",
                "creation_timestamp",
                "name, timestamp",
                "name;",
                "`name`",
                "attribute.name"
            })
    void orderThatIsNone_isRefused(String entry) {
        assertThatThrownBy(() -> Order.parse(List.of(entry), Subject.MODELS)).isInstanceOf(SearchException.class);
    }

    @Test
    void sameOrderTwice_isRefused() {
        assertThatThrownBy(() -> Order.parse(List.of("timestamp", "last_updated_timestamp"), Subject.MODELS))
                .isInstanceOf(SearchException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void pageToken_isReadBack() {
        assertThat(PageToken.offset(PageToken.of(100))).isEqualTo(100);
        assertThat(PageToken.of(100)).isEqualTo("eyJvZmZzZXQiOiAxMDB9");
        assertThat(PageToken.offset("")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "W10=", "eyJvZmZzZXQiOiAwfQ==", "eyJvZmZzZXQiOiAxMDB9=", "eyJvZmZzZXQiOiAtMX0="})
    void pageTokenThatIsNone_isRefused(String token) {
        assertThatThrownBy(() -> PageToken.offset(token)).isInstanceOf(SearchException.class);
    }

    private static Clause clause(Random random) {
        Field field = List.of(Field.values()).get(random.nextInt(Field.values().length));
        Operator operator = Operator.EQUAL;
        do {
            operator = List.of(Operator.values()).get(random.nextInt(Operator.values().length));
        } while (!field.takes(operator));
        boolean isList = operator == Operator.IN || operator == Operator.NOT_IN;
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= (isList ? random.nextInt(3) : 0); i++) {
            values.add(field == Field.VERSION_NUMBER ? String.valueOf(random.nextInt(100) - 1) : text(random));
        }
        return new Clause(field, field == Field.TAG ? "k" + text(random).replace("`", "") : "", operator, values);
    }

    private static String text(Random random) {
        String characters = "aZ09 _%.,()=<>`\"é🚢\n";
        return random.ints(random.nextInt(6), 0, characters.codePointCount(0, characters.length()))
                .mapToObj(i -> characters.substring(
                        characters.offsetByCodePoints(0, i), characters.offsetByCodePoints(0, i + 1)))
                .collect(Collectors.joining());
    }

    private static String written(Clause clause) {
        String left = clause.field() == Field.TAG
                ? "tags.`" + clause.tag() + "`"
                : clause.field().name().toLowerCase(Locale.ROOT);
        List<String> values = clause.values().stream()
                .map(value -> clause.field() == Field.VERSION_NUMBER ? value : "'" + value + "'")
                .toList();
        boolean isList = clause.operator() == Operator.IN || clause.operator() == Operator.NOT_IN;
        return left + " " + clause.operator().sql() + " "
                + (isList ? "(" + String.join(", ", values) + ")" : values.get(0));
    }

    private static String shown(List<Clause> clauses) {
        return clauses.stream()
                .map(c -> c.field() + " " + c.tag() + " " + c.operator() + " " + c.values())
                .collect(Collectors.joining(", "));
    }
}
