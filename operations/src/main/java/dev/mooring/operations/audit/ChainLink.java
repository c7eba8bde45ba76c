package dev.mooring.operations.audit;

import dev.mooring.operations.digest.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The end of the chain after one entry.
 *
 * <p>The hash is SHA-256 over the 32 bytes of the previous hash, then each field as its length in bytes (four bytes, big-endian) and
 * its UTF-8: number, id, time of the act and time of the entry (both in microseconds since 1970), actor, action, subject, reason,
 * details. The lengths keep two different entries from giving the same bytes. A verification computes the hashes of old entries again,
 * so this format must not change.
 *
 * @param seq the entry's number, from 1; 0 before the first
 * @param hash the hash, in 64 hexadecimal digits
 */
public record ChainLink(long seq, String hash) {
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

    /** The link before the first entry. */
    static ChainLink origin() {
        return new ChainLink(0, "00".repeat(32));
    }

    static ChainLink of(long seq, byte[] hash) {
        return new ChainLink(seq, HexFormat.of().formatHex(hash));
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }

    /** The link after {@code entry}, which the service adds at {@code enteredAt}. */
    ChainLink next(AuditEntry entry, Instant enteredAt) {
        MessageDigest digest = Sha256.begin();
        digest.update(hashBytes());
        add(digest, String.valueOf(seq + 1));
        add(digest, entry.id().toString());
        add(digest, micros(entry.at()));
        add(digest, micros(enteredAt));
        add(digest, entry.actor());
        add(digest, entry.action());
        add(digest, entry.subject());
        add(digest, entry.reason());
        add(digest, entry.details());
        return of(seq + 1, digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    /** Cannot overflow: the table may hold a time that an attacker changed to infinity, and that has a hash too. */
    private static String micros(Instant at) {
        return BigInteger.valueOf(at.getEpochSecond())
                .multiply(MICROS_PER_SECOND)
                .add(BigInteger.valueOf(at.getNano() / 1_000))
                .toString();
    }

    @Override
    public String toString() {
        return seq + " (" + hash + ")";
    }
}
