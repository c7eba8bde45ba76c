package dev.mooring.spring.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The encoding of bytes in a URI, such as {@code %C3%A9}. */
final class PercentEncoding {
    private static final int LENGTH = 3;

    private PercentEncoding() {}

    /** Whether a raw path or query stands for a text: every percent sign begins an escape, and the escaped bytes are UTF-8. */
    static boolean isText(String raw) {
        int at = raw.indexOf('%');
        while (at >= 0) {
            int end = at;
            while (end < raw.length() && raw.charAt(end) == '%') {
                end += LENGTH;
            }
            if (end > raw.length() || !isText(raw, at, end)) {
                return false;
            }
            at = raw.indexOf('%', end);
        }
        return true;
    }

    /** Escapes beside each other stand for one part of the text; no character continues over a plain one. */
    private static boolean isText(String raw, int begin, int end) {
        ByteBuffer bytes = ByteBuffer.allocate((end - begin) / LENGTH);
        for (int i = begin; i < end; i += LENGTH) {
            int high = Character.digit(raw.charAt(i + 1), 16);
            int low = Character.digit(raw.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return false;
            }
            bytes.put((byte) (high << 4 | low));
        }
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
