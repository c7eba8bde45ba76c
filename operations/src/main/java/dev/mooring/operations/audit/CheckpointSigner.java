package dev.mooring.operations.audit;

import dev.mooring.settings.SecretSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs checkpoints with {@code AUDIT_SIGNING_KEY}, by HMAC-SHA256. An HMAC and no pair of keys: the service alone signs and checks, any
 * random text is a key, and who holds the key can replace the service anyway. Thread-safe.
 */
final class CheckpointSigner {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretSource key;

    CheckpointSigner(SecretSource key) {
        this.key = key;
    }

    Checkpoint sign(ChainLink link, Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        byte[] signature = signature(link, second);
        return new Checkpoint(
                link, second, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /** Whether the key in force signed this checkpoint. The time that this takes does not reveal how much of the signature is right. */
    boolean isSigned(Checkpoint checkpoint) {
        return MessageDigest.isEqual(
                Base64.getUrlDecoder().decode(checkpoint.signature()), signature(checkpoint.link(), checkpoint.at()));
    }

    private byte[] signature(ChainLink link, Instant at) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.current().reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(Checkpoint.signed(link, at).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
