package dev.mooring.operations.authservice;

import dev.mooring.operations.digest.Sha256;
import dev.mooring.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What the service keeps of a key: its SHA-256. So a dump of the memory holds no key that was validated.
 *
 * @param hex the hash in hexadecimal digits
 */
record KeyHash(String hex) {
    static KeyHash of(Secret key) {
        return new KeyHash(HexFormat.of().formatHex(Sha256.of(key.reveal().getBytes(StandardCharsets.UTF_8))));
    }
}
