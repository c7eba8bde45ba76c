package dev.mooring.operations.keys;

import dev.mooring.operations.digest.Sha256;
import dev.mooring.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Keys as their owners write them: {@code mrg_} and 256 random bits in base64url. The first part lets scanners find a key that was left
 * in a file or a repository.
 *
 * <p>What is kept of one is its SHA-256. It needs neither salt nor many rounds: those slow down guessing, and 256 random bits cannot be
 * guessed. So one look into a map finds a key; the time of that look depends on the hash, which does not help an attacker.
 */
final class KeyText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("mrg_[A-Za-z0-9_-]{43}");

    private KeyText() {}

    /** A new key. */
    static Secret random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return Secret.of("mrg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Whether it can be one of ours. */
    static boolean isOne(Secret key) {
        return FORM.matcher(key.reveal()).matches();
    }

    /** What is kept of it, in hexadecimal digits. */
    static String hash(Secret key) {
        byte[] hash = Sha256.of(key.reveal().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
