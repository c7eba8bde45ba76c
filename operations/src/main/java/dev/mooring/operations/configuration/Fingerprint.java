package dev.mooring.operations.configuration;

import dev.mooring.settings.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What the table keeps of a secret, so that the next start sees whether the secret has changed: 16 bits of an iterated, salted
 * HMAC-SHA-256 (PBKDF2).
 *
 * <p>Why so few bits: an attacker with the table, or with a backup of the database, can try guesses against it. A whole hash would
 * confirm the right guess. 16 bits also fit one wrong guess in 65,536, so about fifteen of a million passwords in a dictionary fit, and
 * a random key stays unknown. The price: the comparison misses one change in 65,536. Encrypting the bits would not help, because
 * instances that come and go could keep the key only in this database or in one more secret. Each remembered secret has a new random
 * salt, so equal secrets look different and no table of guesses fits two of them. The table holds the salt beside the bits, so every
 * instance can compare.
 */
final class Fingerprint {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;
    private static final int BITS = 16;
    /** Costs about 60 ms of one processor for each secret at a start, on the thread of {@link StartAudit}. */
    private static final int ITERATIONS = 100_000;

    private static final Pattern FORM = Pattern.compile("pbkdf2:([0-9a-f]{32}):([0-9a-f]{4})");

    private final byte[] salt;
    private final byte[] bits;

    private Fingerprint(byte[] salt, byte[] bits) {
        this.salt = salt;
        this.bits = bits;
    }

    static Fingerprint of(Secret secret) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Fingerprint(salt, bits(secret, salt));
    }

    /** Reads what {@link #toString} wrote. */
    static Optional<Fingerprint> read(String text) {
        Matcher form = FORM.matcher(text);
        HexFormat hex = HexFormat.of();
        return form.matches()
                ? Optional.of(new Fingerprint(hex.parseHex(form.group(1)), hex.parseHex(form.group(2))))
                : Optional.empty();
    }

    /** True for the secret that it was made of, and for one other in 65,536. */
    boolean isOf(Secret secret) {
        return Arrays.equals(bits, bits(secret, salt));
    }

    private static byte[] bits(Secret secret, byte[] salt) {
        PBEKeySpec guess = new PBEKeySpec(secret.reveal().toCharArray(), salt, ITERATIONS, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(guess)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            guess.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "pbkdf2:" + HexFormat.of().formatHex(salt) + ":" + HexFormat.of().formatHex(bits);
    }
}
