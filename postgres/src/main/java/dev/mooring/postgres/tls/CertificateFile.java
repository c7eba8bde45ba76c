package dev.mooring.postgres.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A file of X.509 certificates, in PEM or, for a single one, in DER. Each call reads the file again. */
public final class CertificateFile {
    /** The name that stands for the authorities of the JDK in place of a file, as in libpq. */
    public static final Path SYSTEM = Path.of("system");

    private CertificateFile() {}

    /** Whether the file is readable and holds a certificate. */
    public static boolean holdsOne(Path file) {
        try {
            return !read(file).isEmpty();
        } catch (IOException | CertificateException unusable) {
            return false;
        }
    }

    /** The certificates in the order of the file. */
    static List<Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    /** Trust in the certificates of this file, and in what they signed. */
    public static TrustManager[] trust(Path file) throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (Certificate one : read(file)) {
            authorities.setCertificateEntry("authority-" + authorities.size(), one);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }
}
