package dev.mooring.operations.keys;

import dev.mooring.operations.digest.Sha256;
import dev.mooring.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The text of a key: {@code mrg_} and 256 random bits in base64url. The prefix lets scanners find a key that was left in a file or a
 * repository.
 *
 * <p>The service keeps only the SHA-256 of a key. The hash needs neither a salt nor many rounds: they slow down guessing, and an
 * attacker cannot guess 256 random bits. So one lookup in a map finds a key. Its time depends on the hash, which does not help an
 * attacker.
 */
final class KeyText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("mrg_[A-Za-z0-9_-]{43}");

    /** Also in quotes, cut off, or with something after it. */
    private static final Pattern BEGIN = Pattern.compile("[^A-Za-z0-9]*mrg_");

    private KeyText() {}

    /** A new key. */
    static Secret random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return Secret.of("mrg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Whether a text has the form of a key. */
    static boolean isOne(Secret key) {
        return FORM.matcher(key.reveal()).matches();
    }

    /** Whether a text is a key, or was one before something of it was lost or added. */
    static boolean wasOne(Secret key) {
        return BEGIN.matcher(key.reveal()).lookingAt();
    }

    /** The SHA-256 of a key, in hexadecimal digits. */
    static String hash(Secret key) {
        byte[] hash = Sha256.of(key.reveal().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
