package dev.mooring.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One request to a backend, without the backend's address. Immutable; the methods with an argument give a changed copy.
 *
 * <pre>{@code
 * HttpCall.get("/api/2.0/mlflow/registered-models/get").query("name", "churn").repeatable()
 * }</pre>
 */
public final class HttpCall {
    /** The default of {@link #atMost(int)}. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Set<String> NO_METHODS = Set.of("CONNECT", "TRACE");
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7E&&[^#]]*");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");
    /** Headers that the client itself writes, or that belong to one connection. */
    private static final Set<String> OF_THE_CLIENT = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final ReplyCheck ANY = reply -> {};

    private final String method;
    private final String target;
    private final List<Header> headers;
    private final Optional<byte[]> body;
    private final boolean repeatable;
    private final Optional<Duration> limit;
    private final int mostBytes;
    private final ReplyCheck check;

    /** One header of the request. */
    record Header(String name, String value) {}

    private HttpCall(
            String method,
            String target,
            List<Header> headers,
            Optional<byte[]> body,
            boolean repeatable,
            Optional<Duration> limit,
            int mostBytes,
            ReplyCheck check) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.repeatable = repeatable;
        this.limit = limit;
        this.mostBytes = mostBytes;
        this.check = check;
    }

    /**
     * A request with this method.
     *
     * @param method in capitals; not CONNECT or TRACE
     * @param target path and perhaps query, percent-encoded as they go out; begins with a slash, and follows the path of the backend's
     *     address
     */
    public static HttpCall of(String method, String target) {
        require(METHOD.matcher(method).matches() && !NO_METHODS.contains(method), "no method of a call: ", method);
        require(isTarget(target), "no path with perhaps a query, percent-encoded: ", target);
        return new HttpCall(method, target, List.of(), Optional.empty(), false, Optional.empty(), MOST_BYTES, ANY);
    }

    /** A GET. */
    public static HttpCall get(String target) {
        return of("GET", target);
    }

    /** A POST; give it a body. */
    public static HttpCall post(String target) {
        return of("POST", target);
    }

    /** A PATCH; give it a body. */
    public static HttpCall patch(String target) {
        return of("PATCH", target);
    }

    /** A PUT; give it a body. */
    public static HttpCall put(String target) {
        return of("PUT", target);
    }

    /** A DELETE, which may have a body. */
    public static HttpCall delete(String target) {
        return of("DELETE", target);
    }

    /** Adds a parameter to the query and encodes both parts. */
    public HttpCall query(String name, String value) {
        String parameter = encoded(name) + "=" + encoded(value);
        String longer = target + (target.indexOf('?') < 0 ? "?" : "&") + parameter;
        return new HttpCall(method, longer, headers, body, repeatable, limit, mostBytes, check);
    }

    /** Adds a JSON body. */
    public HttpCall json(byte[] document) {
        return body("application/json", document);
    }

    /** Adds a JSON body, in UTF-8. */
    public HttpCall json(String document) {
        return json(document.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a body of that type. The call does not copy the bytes. */
    public HttpCall body(String contentType, byte[] content) {
        HttpCall typed = header("Content-Type", contentType);
        return new HttpCall(method, target, typed.headers, Optional.of(content), repeatable, limit, mostBytes, check);
    }

    /** Adds a body whose type, if it has one, a header says. The call does not copy the bytes. */
    public HttpCall body(byte[] content) {
        return new HttpCall(method, target, headers, Optional.of(content), repeatable, limit, mostBytes, check);
    }

    /**
     * Adds a header. One that the backend's settings would add too ({@code Authorization}, {@code X-Request-ID}, {@code traceparent})
     * replaces theirs.
     *
     * @throws IllegalArgumentException the name is not allowed in a header, or belongs to the connection, as {@code Host}, or the value
     *     has characters other than printable ASCII
     */
    public HttpCall header(String name, String value) {
        require(isHeader(name, value), "no header of a call: ", name);
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpCall(method, target, List.copyOf(more), body, repeatable, limit, mostBytes, check);
    }

    /** Whether {@link #header} takes such a header. */
    public static boolean isHeader(String name, String value) {
        return HEADER.matcher(name).matches()
                && HEADER_VALUE.matcher(value).matches()
                && !OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Declares that a second arrival of the same request does no harm, so that the backend's attempts apply to it. Not for a call that makes
     * something each time it arrives.
     */
    public HttpCall repeatable() {
        return new HttpCall(method, target, headers, body, true, limit, mostBytes, check);
    }

    /** The same with another limit of each attempt than the backend's. */
    public HttpCall within(Duration each) {
        return new HttpCall(method, target, headers, body, repeatable, Optional.of(each), mostBytes, check);
    }

    /** The same with another largest body of the reply; default 16 MiB. No limit of a stream. */
    public HttpCall atMost(int bytes) {
        return new HttpCall(method, target, headers, body, repeatable, limit, bytes, check);
    }

    /**
     * The same with a check of the reply, which runs before the call counts as a success. A reply by whose status the backend failed (429, 500
     * and more but 501) is not checked. Streams have no check.
     */
    public HttpCall expecting(ReplyCheck expected) {
        return new HttpCall(method, target, headers, body, repeatable, limit, mostBytes, expected);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** Path and query, as they go out. */
    public String target() {
        return target;
    }

    List<Header> headers() {
        return headers;
    }

    Optional<byte[]> body() {
        return body;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    Optional<Duration> limit() {
        return limit;
    }

    int mostBytes() {
        return mostBytes;
    }

    ReplyCheck check() {
        return check;
    }

    /** Method and path, without the query, for messages. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }

    private static boolean isTarget(String target) {
        if (!TARGET.matcher(target).matches()) {
            return false;
        }
        try {
            var unused = URI.create("http://host" + target);
            return true;
        } catch (IllegalArgumentException unclean) {
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void require(boolean holds, String problem, String value) {
        if (!holds) {
            throw new IllegalArgumentException(problem + value);
        }
    }
}
