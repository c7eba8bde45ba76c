package dev.mooring.registry.differential;

import java.util.ArrayList;
import java.util.List;

/** The words that random calls are made of: few of each kind, so that calls meet each other, and odd ones. */
final class Words {
    static final List<String> NAMES = List.of("a", "b", "A", "preis_ä");
    static final List<String> ODD_NAMES = List.of(
            "it's",
            "say \"hi\"",
            "<b>",
            "100%",
            "_",
            "back\\slash",
            "a.b",
            "🚀",
            "a&b=c?d#e+f",
            "",
            " ",
            "\t",
            "a/b",
            "a:b",
            ".",
            "..",
            "/",
            "x".repeat(256),
            "x".repeat(257),
            "nul\0",
            "ä".repeat(256));

    static final List<String> VERSIONS = List.of("1", "1", "1", "2", "2", "3");
    static final List<String> ODD_VERSIONS = List.of(
            "5",
            "01",
            " 1 ",
            "1_0",
            "_1",
            "1_",
            "+1",
            "1.0",
            "1e0",
            "x",
            "",
            "0",
            "-1",
            "2147483647",
            "2147483648",
            "99999999999999999999",
            "１",
            "latest",
            "0x1",
            "1 1");

    static final List<String> KEYS = List.of("k", "team", "a.b", "stage");
    static final List<String> ODD_KEYS = List.of(
            "with space",
            "a/b",
            "a:b",
            "a-b",
            "_",
            "K",
            "",
            " ",
            ".",
            "..",
            "./a",
            "a/../b",
            "a//b",
            "/a",
            "a/",
            "ä",
            "a,b",
            "k=v",
            "'",
            "`",
            "k".repeat(250),
            "k".repeat(251),
            "mlflow.prompt.is_prompt",
            "mooring.registration_id");

    static final List<String> VALUES = List.of("x", "y", "X", "true", "");
    static final List<String> ODD_VALUES = List.of(
            "it's",
            "say \"hi\"",
            "a%b",
            "a_b",
            " ",
            "ä🚀",
            "line\nbreak",
            "v".repeat(5_000),
            "v".repeat(5_001),
            "\\",
            "false",
            "1");

    static final List<String> ALIASES = List.of("champion", "b_1", "Champion");
    static final List<String> ODD_ALIASES = List.of(
            "latest",
            "Latest",
            "v1",
            "V2",
            "v",
            "v1x",
            "a b",
            "a.b",
            "",
            " ",
            "ä",
            "-",
            "a".repeat(255),
            "a".repeat(256),
            "1",
            "a/b",
            "@a");

    static final List<String> STAGES = List.of("None", "Staging", "Production", "Archived");
    static final List<String> ODD_STAGES =
            List.of("none", "STAGING", "production", "archived", "Nowhere", "", " Staging", "Stagingx");

    static final List<String> SOURCES = List.of("s3://bucket/path", "s3://bucket/other", "models:/a/1", "gs://b/c");
    static final List<String> ODD_SOURCES = List.of(
            "s3://bucket",
            "s3://bucket/",
            "s3:/bucket/x",
            "s3://bucket/../x",
            "s3://bucket/%2e%2e/x",
            "s3://bucket/..",
            "/tmp/x",
            "relative/x",
            "file:///tmp/x",
            "file://host/tmp/x",
            "file:x",
            "http://host/x",
            "https://host/x",
            "ftp://host/x",
            "runs:/0123/model",
            "runs:/",
            "mlflow-artifacts:/1/2/artifacts/x",
            "models:/a@champion",
            "models:/a/Production",
            "models:/a/latest",
            "models:/absent/1",
            "models:/m-0123",
            "models:/",
            "models:/a",
            "dummy-source",
            "prompt-template",
            "",
            " ",
            "x",
            "dbfs:/x",
            "s3://b/" + "x".repeat(600),
            "s3://b/nul\0",
            "hdfs://h/x",
            "S3://bucket/path",
            "azure://a@b/c",
            "s3://bucket/a b",
            "s3://bucket/ä",
            "s3://bucket/x#y?z",
            "models://a/1",
            "models:/b/2");

    static final List<String> TEXTS = List.of("", "words", "other words");
    static final List<String> ODD_TEXTS =
            List.of(" ", "it's \"quoted\"", "ä🚀", "line\nbreak", "d".repeat(5_000), "d".repeat(5_001), "nul\0");

    static final List<String> RUNS = List.of("0123456789abcdef0123456789abcdef", "0123");
    static final List<String> ODD_RUNS = List.of("", " ", "r".repeat(33), "no/run", "ä");

    static final List<String> LINKS = List.of("", "http://host/run", "not a link", "l".repeat(501));

    static final List<String> TOKENS = List.of(
            Call.NEXT,
            "eyJvZmZzZXQiOiAyfQ==",
            "eyJvZmZzZXQiOiAwfQ==",
            "eyJvZmZzZXQiOiAtMX0=",
            "eyJvZmZzZXQiOiAxMDAwMDB9",
            "W10=",
            "e30=",
            "not base64!",
            "eyJvZmZzZXQiOiAyfQ",
            "");

    static final List<String> LIMITS = List.of("1", "2", "3", "100", "1000", "10000");
    static final List<String> ODD_LIMITS = List.of("0", "1001", "200000", "200001", "x", "", "1.5", "2147483648");

    private Words() {}

    /** Every name that a random call could give a model. */
    static List<String> everyName() {
        List<String> all = new ArrayList<>(NAMES);
        all.addAll(ODD_NAMES);
        return all;
    }
}
