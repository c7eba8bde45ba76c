package dev.mooring.testing.postgres;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password (RFC 5802, the form of {@code pg_authid.rolpassword}), with one iteration in place of 4096. Each log-in
 * has to repeat the iterations, and thousands of log-ins of tests would spend 10 ms of processor time on them each. Every other step is as
 * always.
 */
final class StoredPassword {
    private static final String HASH = "HmacSHA256";
    private static final byte[] SALT = "mooring-testing".getBytes(StandardCharsets.US_ASCII);
    /** The number of the only block, four bytes (RFC 5802, section 2.2). */
    private static final byte[] BLOCK = {0, 0, 0, 1};

    private StoredPassword() {}

    /** The stored form; the password itself where it has characters that a client would normalize first. */
    static String of(String password) {
        if (!password.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            return password;
        }
        try {
            byte[] salted = hash(password.getBytes(StandardCharsets.US_ASCII), SALT, BLOCK);
            byte[] clientKey = hash(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
            byte[] serverKey = hash(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return "SCRAM-SHA-256$1:" + text(SALT) + "$" + text(storedKey) + ":" + text(serverKey);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + HASH, missing);
        }
    }

    private static byte[] hash(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HASH);
        mac.init(new SecretKeySpec(key, HASH));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
