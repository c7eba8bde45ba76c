package dev.mooring.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a backend answered, whole. Immutable, as long as no caller writes into {@link #body()}. */
public final class HttpReply {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** A reply. It does not copy the body. */
    public HttpReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** All headers. */
    public HttpHeaders headers() {
        return headers;
    }

    /** The first header with this name, in any case of its letters. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The bytes of the body, not copied; empty when there are none. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Whether the type of the content is JSON, and the body begins and ends as an object or an array does. Only a parser can tell whether it
     * is well-formed.
     */
    public boolean isJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String text = type.contains("json") ? text().strip() : "";
        return (text.startsWith("{") && text.endsWith("}")) || (text.startsWith("[") && text.endsWith("]"));
    }

    /** Status and size, without the content. */
    @Override
    public String toString() {
        return "status " + status + " with " + body.length + " bytes";
    }
}
