package dev.mooring.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Draws texts and bytes that code which reads foreign text gets wrong. The same seed gives the same draws. Not thread-safe. */
public final class Draw {
    private static final int LONG = 4_000;

    /** Characters with a meaning somewhere: in JSON, URIs, headers, SQL, patterns, paths, logs, and in fonts. */
    private static final String SPECIAL =
            "\"\\{}[]:,'`%_&?#;/=+-*()<>|~^$@!. \t\r\n\0\u0001\u001b\u007f\u0085\u009b\u00a0\u00ad"
                    + "\u200b\u200d\u200e\u2028\u2029\u202e\u2066\u3000\ufeff\ufffd\uffff\ud800\udc00é\u0301ﬁßİ模٣🚢\udbff\udfff";

    private static final List<String> PIECES = List.of(
            "%00",
            "%2e%2e",
            "%ff",
            "%c0%af",
            "%",
            "%u0041",
            "..",
            "//",
            "\\u0000",
            "\\ud800",
            "null",
            "true",
            "NaN",
            "1e999",
            "-0",
            "0x10",
            "9223372036854775808",
            "00000000000000000001",
            "1_000",
            "{\"a\":1}",
            "[[[[",
            "' or 1=1 --",
            "AND",
            "LIKE",
            "tags.",
            "attribute.",
            "${jndi:x}",
            "#{1}",
            "PT1S",
            "P1000000000D",
            "1.5m",
            "ms",
            "postgresql://",
            "http://",
            "user:pass@",
            "[::1]",
            "=?utf-8?b?",
            "Bearer ",
            "latest",
            "v1",
            ".",
            "models:/",
            "file:",
            "s3://b/p",
            "\r\n",
            "\u0000");

    private final Random random;

    Draw(long seed) {
        this.random = new Random(seed);
    }

    /** A number from 0 to {@code most}. */
    public int number(int most) {
        return random.nextInt(most + 1);
    }

    /** Whether something that happens once in {@code n} times happens now. */
    public boolean onceIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** One of them. */
    @SafeVarargs
    public final <T> T of(T... all) {
        return all[random.nextInt(all.length)];
    }

    /** A text; mostly short, sometimes of thousands of characters. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int parts = onceIn(10) ? 40 : number(6);
        for (int i = 0; i < parts; i++) {
            text.append(part());
        }
        return text.toString();
    }

    private String part() {
        return switch (random.nextInt(6)) {
            case 0 -> PIECES.get(random.nextInt(PIECES.size()));
            case 1 -> String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
            case 2 -> String.valueOf((char) random.nextInt(0x10000));
            case 3 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
            case 4 ->
                String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length()))).repeat(onceIn(20) ? LONG : 3);
            default -> word();
        };
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = number(8); i >= 0; i--) {
            word.append((char) (random.nextBoolean() ? 'a' + random.nextInt(26) : '0' + random.nextInt(10)));
        }
        return word.toString();
    }

    /** A text that is right but for a few places, or right. */
    public String almost(String right) {
        StringBuilder text = new StringBuilder(right);
        for (int i = number(3); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + number(4));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, part());
                case 2 -> text.insert(at, text.substring(at, end).repeat(onceIn(10) ? LONG / 4 : 2));
                default -> text.replace(at, end, part());
            }
        }
        return text.toString();
    }

    /** One of both. */
    public String like(String... right) {
        return onceIn(4) ? text() : almost(of(right));
    }

    /** Bytes: those of {@link #like} in an encoding, or any. */
    public byte[] bytes(String... right) {
        byte[] bytes =
                switch (random.nextInt(8)) {
                    case 0 -> like(right).getBytes(StandardCharsets.UTF_16);
                    case 1 -> like(right).getBytes(StandardCharsets.UTF_16LE);
                    case 2 -> like(right).getBytes(StandardCharsets.ISO_8859_1);
                    default -> like(right).getBytes(StandardCharsets.UTF_8);
                };
        for (int i = onceIn(3) ? number(3) : 0; i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
