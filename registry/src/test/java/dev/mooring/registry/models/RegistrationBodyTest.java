package dev.mooring.registry.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.problem.FieldProblem;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationBodyTest {

    @Test
    void everyField_whenRight_isTaken() {
        RegistrationRequest request = read("""
                {"name":"churn","source":"s3://churn/7","run_id":"r1","description":"why","tags":{"team":"growth"},
                 "metrics":{"auc":0.91,"rows":1e6}}""");

        assertThat(request.name()).isEqualTo(new ModelName("churn"));
        assertThat(request.source()).isEqualTo("s3://churn/7");
        assertThat(request.runId()).isEqualTo("r1");
        assertThat(request.description()).isEqualTo("why");
        assertThat(request.tags()).containsOnlyKeys("team").containsValue("growth");
        assertThat(request.metrics()).hasSize(2).containsEntry("auc", 0.91).containsEntry("rows", 1_000_000.0);
    }

    @Test
    void fieldsThatMayBeLeftOut_leftOutOrNull_areTheSame() {
        RegistrationRequest shortest = read("{\"name\":\"churn\",\"source\":\"s3://b/s\"}");
        RegistrationRequest nulls =
                read("{\"source\":\"s3://b/s\",\"name\":\"churn\",\"run_id\":null,\"description\":null,"
                        + "\"tags\":null,\"metrics\":null}");

        assertThat(nulls).isEqualTo(shortest);
        assertThat(nulls.hash()).isEqualTo(shortest.hash());
    }

    @Test
    void hash_ofTheSameMeaningWrittenDifferently_isTheSame() {
        assertThat(read("{\"name\":\"a\",\"source\":\"s3://b/s\",\"metrics\":{\"x\":1,\"y\":2e0},\"tags\":{}}")
                        .hash())
                .isEqualTo(read("{\"metrics\":{\"y\":2,\"x\":1.0}, \"source\":\"\\u00733://b/s\",\"name\":\"a\"}")
                        .hash())
                .isNotEqualTo(read("{\"name\":\"a\",\"source\":\"s3://b/s\",\"metrics\":{\"x\":1,\"y\":3}}")
                        .hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'source':'s3://b/s'} | name: is required",
                "{'name':null,'source':'s3://b/s'} | name: is required",
                "{'name':'','source':'s3://b/s'} | name: must not be blank",
                "{'name':'  ','source':'s3://b/s'} | name: must not be blank",
                "{'name':7,'source':'s3://b/s'} | name: must be a text, but is a number",
                "{'name':['a'],'source':'s3://b/s'} | name: must be a text, but is an array",
                "{'name':{'a':1},'source':'s3://b/s'} | name: must be a text, but is an object",
                "{'name':true,'source':'s3://b/s'} | name: must be a text, but is a boolean",
                "{'name':'a/b','source':'s3://b/s'} | name: must not contain /",
                "{'name':'a:b','source':'s3://b/s'} | name: must not contain :",
                "{'name':'a\\\\b','source':'s3://b/s'} | name: must not contain \\",
                "{'name':'a\\nb','source':'s3://b/s'} | name: must not contain U+000A, which is a control character",
                "{'name':'a\\u0000','source':'s3://b/s'} | name: holds a NUL character (U+0000), which cannot be kept",
                "{'name':'a\\ud83d','source':'s3://b/s'} | name: holds half a character (a surrogate without its partner), which cannot be kept",
                "{'name':'..','source':'s3://b/s'} | name: must not be . or begin with .., which MLflow takes for a path",
                "{'name':' a','source':'s3://b/s'} | name: must not begin or end with white space",
                "{'name':'a'} | source: is required",
                "{'name':'a','source':''} | source: must not be blank",
                "{'name':'a','source':1} | source: must be a text, but is a number",
                "{'name':'a','source':'\\u0000'} | source: holds a NUL character (U+0000), which cannot be kept",
                "{'name':'a','source':'s3://b/s','run_id':1} | run_id: must be a text, but is a number",
                "{'name':'a','source':'s3://b/s','description':[]} | description: must be a text, but is an array",
                "{'name':'a','source':'s3://b/s','tags':[]} | tags: must be an object, but is an array",
                "{'name':'a','source':'s3://b/s','tags':'x'} | tags: must be an object, but is a text",
                "{'name':'a','source':'s3://b/s','tags':{'k':1}} | tags.k: must be a text, but is a number",
                "{'name':'a','source':'s3://b/s','tags':{'k':null}} | tags.k: must be a text, but is null",
                "{'name':'a','source':'s3://b/s','tags':{'k':'\\u0000'}} | tags.k: holds a NUL character (U+0000), which cannot be kept",
                "{'name':'a','source':'s3://b/s','tags':{'':'v'}} | tags: has a name that must not be blank",
                "{'name':'a','source':'s3://b/s','metrics':[1]} | metrics: must be an object, but is an array",
                "{'name':'a','source':'s3://b/s','metrics':{'m':'1'}} | metrics.m: must be a number, but is a text",
                "{'name':'a','source':'s3://b/s','metrics':{'m':'NaN'}} | metrics.m: must be a number, but is a text",
                "{'name':'a','source':'s3://b/s','metrics':{'m':1e400}} | metrics.m: is too large for a 64-bit floating-point number",
                "{'name':'a','source':'s3://b/s','metrics':{'m':-1e400}} | metrics.m: is too large for a 64-bit floating-point number",
                "{'name':'a','source':'s3://b/s','metrics':{'\\u0000':1}} | metrics: has a name that holds a NUL character (U+0000), which cannot be kept",
                "{'name':'a','source':'s3://b/s','tag':{}} | tag: is not known; known are name, source, run_id, description, tags, metrics",
                "{'name':'a','source':'s'} | source: must not be a local path without the run_id of the run whose artifacts contain it; use a URI such as s3://bucket/path",
                "{'name':'a','source':'file:///m'} | source: must not be a local path without the run_id of the run whose artifacts contain it; use a URI such as s3://bucket/path",
                "{'name':'a','source':'s3://bucket'} | source: must have an absolute path, such as s3://bucket/path",
                "{'name':'a','source':'s3:bucket/m'} | source: must have an absolute path, such as s3://bucket/path",
                "{'name':'a','source':'s3://b/a/../m'} | source: must not contain .. as a part of its path",
                "{'name':'a','source':'s3://b/a/%2e%2e/m'} | source: must not contain .. as a part of its path",
                "{'name':'a','source':'s3://b/a%252F..%252Fm'} | source: must not contain .. as a part of its path",
                "{'name':'a','source':'s3://b/./m'} | source: must have an absolute path, such as s3://bucket/path",
                "{'name':'a','source':'runs:/r1/m'} | source: must be runs:/RUN/path with the run that run_id names",
                "{'name':'a','source':'runs:/r1/m','run_id':'r2'} | source: must be runs:/RUN/path with the run that run_id names",
                "{'name':'a','source':'models:/m-1/m'} | source: must be models:/NAME/VERSION or models:/NAME@ALIAS",
                "{'name':'a','source':'mlflow-artifacts:/1/m'} | source: must come with the run_id of the run that has the artifacts",
                "{'name':'a','source':'s3://b/s','tags':{'a?':'v'}} | tags: have the key \"a?\"; a key must be letters, digits, space and _ / . : -",
                "{'name':'a','source':'s3://b/s','tags':{'a//b':'v'}} | tags: have the key \"a//b\"; a key with / must be a path in its shortest form, without . and ..",
                "{'name':'a','source':'s3://b/s','tags':{'mooring.registration_id':'v'}} | tags: have the key mooring.registration_id, which this service sets itself",
                "{'name':'a','source':'s3://b/s','tags':{'mlflow.prompt.is_prompt':'true'}} | source: must be dummy-source or prompt-template, because the version is a prompt",
                "[] | body: must be an object, but is an array",
                "'text' | body: must be an object, but is a text",
                "null | body: must be an object, but is null",
            })
    void oneMistake_isToldWithItsField(String body, String told) {
        Problem problem = refused(body.replace('\'', '"'));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("invalid_request");
        assertThat(told(problem)).containsExactly(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s3://b/m'",
                "'s3://b/100% a+b/m'",
                "'dbfs:/m'",
                "'runs:/r/m','run_id':'r'",
                "'models:/other/3'",
                "'models:/other@champion'",
                "'/m','run_id':'r'",
                "'file:///m','run_id':'r'",
                "'s3://b/a..b/m/'",
                "'mlflow-artifacts:/1/r/artifacts/m','run_id':'r'",
                "'https://h/m?x=1'",
                "'dummy-source','tags':{'mlflow.prompt.is_prompt':'true'}"
            })
    void source_thatMlflowTakes_isTaken(String source) {
        assertThat(read(("{'name':'a','source':" + source + "}").replace('\'', '"'))
                        .source())
                .isNotEmpty();
    }

    @Test
    void severalMistakes_areToldTogether() {
        Problem problem = refused("{\"name\":1,\"tags\":{\"k\":1},\"metrics\":{\"m\":\"x\"},\"sauce\":\"s\"}");

        assertThat(problem.errors())
                .extracting(FieldProblem::field)
                .containsExactly("sauce", "name", "source", "tags.k", "metrics.m");
    }

    @Test
    void manyMistakes_areNotAllListed() {
        String many = IntStream.range(0, 1000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));

        Problem problem = refused("{" + many + "}");

        assertThat(problem.errors()).hasSize(51);
        assertThat(problem.errors().get(50).message()).isEqualTo("and 952 more mistakes that are not listed");
    }

    @Test
    void lengths_atTheBound_areTakenAndAboveRefused() {
        assertBound("name", 256, "{\"name\":\"%s\",\"source\":\"s3://b/s\"}");
        assertBound("source", 500, "{\"name\":\"a\",\"source\":\"%s\",\"run_id\":\"r\"}");
        assertBound("run_id", 32, "{\"name\":\"a\",\"source\":\"s3://b/s\",\"run_id\":\"%s\"}");
        assertBound("description", 5_000, "{\"name\":\"a\",\"source\":\"s3://b/s\",\"description\":\"%s\"}");
        assertBound("tags.k", 5_000, "{\"name\":\"a\",\"source\":\"s3://b/s\",\"tags\":{\"k\":\"%s\"}}");
        assertThat(refused("{\"name\":\"a\",\"source\":\"s3://b/s\",\"tags\":{\"" + "k".repeat(251) + "\":\"v\"}}")
                        .errors())
                .hasSize(1);
        assertBound("metrics", 250, "{\"name\":\"a\",\"source\":\"s3://b/s\",\"metrics\":{\"%s\":1}}");
    }

    @Test
    void counts_atTheBound_areTakenAndAboveRefused() {
        read(withEntries("tags", 100, "\"v\""));
        assertThat(told(refused(withEntries("tags", 101, "\"v\""))))
                .containsExactly("tags: has 101 entries; at most 100 are accepted");
        read(withEntries("metrics", 1_000, "1"));
        assertThat(told(refused(withEntries("metrics", 1_001, "1"))))
                .containsExactly("metrics: has 1001 entries; at most 1000 are accepted");
        assertThat(told(refused(withEntries("tags", 100, '"' + "v".repeat(1000) + '"'))))
                .containsExactly("tags: hold 100290 characters in all; at most 50000 are accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"name\":\"a\"",
                "{\"name\":\"a\",}",
                "{'name':'a'}",
                "name=a",
                "{\"name\":\"a\",\"source\":\"s3://b/s\"} {}",
                "{\"name\":\"a\",\"name\":\"b\",\"source\":\"s3://b/s\"}",
                "{\"name\":\"a\",\"source\":\"s3://b/s\",\"metrics\":{\"m\":NaN}}",
                "{\"name\":\"a\nb\",\"source\":\"s3://b/s\"}",
                "{\"name\":\"a\",\"source\":\"s3://b/s\",\"\\ud83d\":1}",
                "\uFEFF"
            })
    void whatIsNoJson_isCalledMalformed(String body) {
        Problem problem = refused(body);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("malformed_json");
        assertThat(problem.detail()).startsWith("the body is ");
    }

    @Test
    void whatNoReaderCanHold_isCalledMalformed() {
        assertThat(refused("[".repeat(100_000)).code()).isEqualTo("malformed_json");
        assertThat(refused("{\"name\":\"a\",\"source\":\"s3://b/s\",\"metrics\":{\"m\":" + "1".repeat(5_000) + "}}")
                        .code())
                .isEqualTo("malformed_json");
        assertThat(refused(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
                        .code())
                .isEqualTo("malformed_json");
    }

    private static void assertBound(String field, int longest, String body) {
        read(body.formatted("🚢".repeat(longest)));
        Problem problem = refused(body.formatted("x".repeat(longest + 1)));
        assertThat(problem.errors()).hasSize(1);
        assertThat(problem.errors().get(0).field()).isEqualTo(field);
        assertThat(problem.errors().get(0).message())
                .endsWith("is " + (longest + 1) + " characters long; at most " + longest + " are accepted");
    }

    private static String withEntries(String field, int count, String value) {
        String entries = IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + value)
                .collect(Collectors.joining(","));
        return "{\"name\":\"a\",\"source\":\"s3://b/s\",\"" + field + "\":{" + entries + "}}";
    }

    private static List<String> told(Problem problem) {
        return problem.errors().stream()
                .map(e -> e.field() + ": " + e.message())
                .toList();
    }

    private static RegistrationRequest read(String body) {
        return RegistrationReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refused(String body) {
        return refused(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refused(byte[] body) {
        return catchThrowableOfType(ProblemException.class, () -> RegistrationReader.read(body))
                .problem();
    }
}
