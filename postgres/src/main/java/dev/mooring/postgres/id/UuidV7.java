package dev.mooring.postgres.id;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids that grow with time (RFC 9562, version 7): 48 bits of Unix milliseconds, then 74 random bits. Thread-safe. */
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    /** A new id for this moment. */
    public static UUID at(long unixMillis) {
        long high = unixMillis << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
