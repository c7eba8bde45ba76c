package dev.mooring.registry.store;

import java.text.Normalizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts that people can tell apart by looking at them, as far as one text shows that: no character without a shape of its own, and one
 * spelling for each character. Letters of two scripts that look alike are another matter: names of many languages hold Latin letters too.
 */
final class Visible {
    private static final int SPACE = ' ';

    /** Letters, marks and symbols without a shape, which no category of characters tells from the others. */
    private static final Set<Integer> BLANK =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0);

    private Visible() {}

    /** What is wrong with a text; null if nothing is. */
    static @Nullable String objectionTo(String text) {
        String objection = text.codePoints()
                .filter(Visible::hasNoShape)
                .mapToObj(c -> String.format("must not contain U+%04X, which %s", c, why(c)))
                .findFirst()
                .orElse(null);
        boolean composed = objection != null || Normalizer.isNormalized(text, Normalizer.Form.NFC);
        return composed
                ? objection
                : "must be written with composed characters (Unicode normalization form NFC), such as é as one character";
    }

    private static boolean hasNoShape(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != SPACE;
            default -> BLANK.contains(character) || selectsAVariant(character) || isNone(character);
        };
    }

    /** The variation selectors 1 to 256. */
    private static boolean selectsAVariant(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
    }

    /** The code points that never become characters. */
    private static boolean isNone(int character) {
        return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    }

    private static String why(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> "is a control character";
            case Character.SPACE_SEPARATOR -> "looks like a space";
            default -> "people cannot see";
        };
    }
}
