package dev.mooring.spring.body;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The encoding of a body with JSON: UTF-8, without compression. A body in another one is refused and never read as if it were. */
public final class BodyEncoding {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
    /** Characters that are checked at a time. */
    private static final int PART = 2_048;

    private BodyEncoding() {}

    /**
     * Ends the request with 415 {@code unsupported_media_type} if its headers give its body a compression, or a charset that is not
     * UTF-8.
     */
    public static void check(HttpServletRequest request) {
        for (String coding : Collections.list(request.getHeaders("Content-Encoding"))) {
            if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
                throw unsupported("a body with Content-Encoding \"" + shown(coding) + "\"; send it without one.");
            }
        }
        String type = request.getContentType();
        Matcher charset = CHARSET.matcher(type == null ? "" : type);
        if (charset.find() && !isUtf8(charset.group(1))) {
            throw unsupported("a body in the charset \"" + shown(charset.group(1)) + "\"; send it in UTF-8.");
        }
    }

    /** The same for the request of this thread; nothing where there is none. */
    static void check() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
            check(current.getRequest());
        }
    }

    /** Whether the bytes are UTF-8 in its only valid form, without NUL, which the other Unicode encodings of JSON hold. */
    public static boolean isUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer part = CharBuffer.allocate(PART);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            part.clear();
            result = decoder.decode(bytes, part, true);
            if (result.isError() || holdsNul(part.flip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsNul(CharBuffer text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\0') {
                return true;
            }
        }
        return false;
    }

    /** ASCII is a part of UTF-8. */
    private static boolean isUtf8(String charset) {
        String name = charset.toLowerCase(Locale.ROOT);
        return name.equals("utf-8") || name.equals("utf8") || name.equals("us-ascii") || name.equals("ascii");
    }

    private static ProblemException unsupported(String what) {
        return new ProblemException(Problem.of(415, "unsupported_media_type", "This call does not take " + what));
    }

    private static String shown(String header) {
        return Text.shown(header.strip());
    }
}
