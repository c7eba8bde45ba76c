package dev.mooring.registry.differential;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request to the registry. Its text is a line such as
 *
 * <pre>{@code
 * POST registered-models/create {"name":"a"}
 * {Content-Type: text/plain} GET model-versions/get?name=a&version=1
 * }</pre>
 *
 * <p>{@code $next} in the query stands for the last page token that the server gave.
 *
 * @param header a header to send in addition or instead, such as {@code X-MLFLOW-WORKSPACE: default}
 * @param target the path below {@code /api/2.0/mlflow/} and the query, percent-encoded; an absolute path where it begins with a slash
 */
record Call(Optional<String> header, String method, String target, Optional<String> body) {
    static final String NEXT = "$next";

    private static final Pattern LINE =
            Pattern.compile("(?:\\{(?<header>[A-Za-z-]+:.*?)} )?(?<method>[A-Z]+) (?<target>\\S+)(?: (?<body>.*))?");

    private static final Pattern QUERY_ONLY = Pattern.compile("(?<=GET [^ ?]{1,99}\\?)[^{]*$");

    Call(String method, String target) {
        this(Optional.empty(), method, target, Optional.empty());
    }

    /** The call that a line describes. A query may have any character; a body follows a query without spaces only. */
    static Call parse(String line) {
        Matcher parts = LINE.matcher(
                QUERY_ONLY.matcher(line).replaceFirst(found -> Matcher.quoteReplacement(encoded(found.group()))));
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a call: " + line);
        }
        return new Call(
                Optional.ofNullable(parts.group("header")),
                parts.group("method"),
                parts.group("target"),
                Optional.ofNullable(parts.group("body")));
    }

    Call withHeader(String line) {
        return new Call(Optional.of(line), method, target, body);
    }

    Call withBody(String text) {
        return new Call(header, method, target, Optional.of(text));
    }

    Call withTarget(String other) {
        return new Call(header, method, other, body);
    }

    Call withMethod(String other) {
        return new Call(header, other, target, body);
    }

    /** A query in which only the characters stay that an address may have. */
    private static String encoded(String query) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : query.getBytes(StandardCharsets.UTF_8)) {
            boolean stays = each > ' ' && "\"<>\\^`{|}".indexOf(each) < 0 && each < 127;
            encoded.append(stays ? String.valueOf((char) each) : String.format("%%%02X", each));
        }
        return encoded.toString();
    }

    /** The path without the query. */
    String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return header.map(line -> "{" + line + "} ").orElse("")
                + method
                + " "
                + target
                + body.map(text -> " " + text).orElse("");
    }
}
