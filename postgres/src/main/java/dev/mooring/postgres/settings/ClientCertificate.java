package dev.mooring.postgres.settings;

import dev.mooring.settings.SecretSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate with which this process identifies itself to the server. Each log-in reads the files again. Immutable.
 *
 * @param certificate file of the certificate (PEM); empty when the key's file is a PKCS#12 store, which holds it
 * @param key file of the private key: PKCS#8 in PEM or DER, or a PKCS#12 store ({@code .p12}, {@code .pfx})
 * @param password opens an encrypted key or a store; empty for a plain key
 */
public record ClientCertificate(Optional<Path> certificate, Path key, Optional<SecretSource> password) {
    /** A certificate and its key, which is not encrypted. */
    public static ClientCertificate of(Path certificate, Path key) {
        return new ClientCertificate(Optional.of(certificate), key, Optional.empty());
    }
}
