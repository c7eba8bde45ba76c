package dev.mooring.redis.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Looks into files of certificates. */
final class PemFile {
    private PemFile() {}

    /** Whether the file has at least one certificate, and nothing that is none. */
    static boolean hasCertificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty();
        } catch (IOException | CertificateException notReadable) {
            return false;
        }
    }
}
