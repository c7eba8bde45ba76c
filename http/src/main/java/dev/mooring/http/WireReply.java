package dev.mooring.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the reply to a GET from a connection that ends with it (RFC 9112). One thread uses it. */
final class WireReply {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    /** RFC 9110, 5.1. The message of the JDK about another one would repeat it, and would be public. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})\\s*(;.*)?");
    private static final byte ALERT = 21;
    private static final byte MAJOR_VERSION = 3;
    private static final int HEXADECIMAL = 16;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int NO_CONTENT = 204;
    private static final int MOST_HEAD_BYTES = 64 * 1024;
    private static final int MOST_BODY_BYTES = 1024 * 1024;

    private final InputStream in;
    private int headBytes;

    private WireReply(InputStream in) {
        this.in = in;
    }

    /**
     * Reads one reply.
     *
     * @throws BadReplyException it is no reply of HTTP/1, or larger than 1 MiB
     * @throws EOFException it ends too soon
     */
    static HttpReply read(InputStream connection) throws IOException {
        return new WireReply(new BufferedInputStream(connection)).read();
    }

    private HttpReply read() throws IOException {
        int status = status();
        HttpHeaders headers = headers();
        while (status < FIRST_FINAL_STATUS) {
            status = status();
            headers = headers();
        }
        return new HttpReply(status, headers, status == NO_CONTENT ? new byte[0] : body(headers));
    }

    private int status() throws IOException {
        Matcher line = STATUS.matcher(line());
        if (!line.matches()) {
            throw new BadReplyException("the answer is not HTTP");
        }
        return Integer.parseInt(line.group(1));
    }

    private HttpHeaders headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw new BadReplyException("the answer has a header without a name");
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private byte[] body(HttpHeaders headers) throws IOException {
        if (headers.firstValue("Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent()) {
            return chunks();
        }
        String length = headers.firstValue("Content-Length").orElse("");
        return LENGTH.matcher(length).matches() ? exactly(Long.parseLong(length)) : untilTheEnd();
    }

    private byte[] untilTheEnd() throws IOException {
        byte[] body = in.readNBytes(MOST_BODY_BYTES + 1);
        requireSmall(body.length);
        return body;
    }

    private byte[] exactly(long length) throws IOException {
        requireSmall(length);
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the answer ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new BadReplyException("the answer has a chunk without a size");
            }
            long length = Long.parseLong(size.group(1), HEXADECIMAL);
            if (length == 0) {
                return body.toByteArray();
            }
            body.writeBytes(exactly(length));
            requireSmall(body.size());
            if (!line().isEmpty()) {
                throw new BadReplyException("the answer has a chunk that is longer than its size");
            }
        }
    }

    private static void requireSmall(long bytes) throws BadReplyException {
        if (bytes > MOST_BODY_BYTES) {
            throw new BadReplyException("the answer is larger than " + MOST_BODY_BYTES + " bytes");
        }
    }

    /** A line without its end. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw isAlertOfTls(line.toByteArray())
                        ? new BadReplyException("TLS answers on the port, which the address does not name")
                        : new EOFException("the answer ended in its head");
            }
            if (++headBytes > MOST_HEAD_BYTES) {
                throw new BadReplyException("the head of the answer is larger than " + MOST_HEAD_BYTES + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether these bytes begin a record of TLS 1.0 to 1.3 that holds an alert: so a server answers what is no handshake. */
    private static boolean isAlertOfTls(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == ALERT && bytes[1] == MAJOR_VERSION;
    }
}
