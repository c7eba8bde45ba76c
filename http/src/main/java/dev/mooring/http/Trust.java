package dev.mooring.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose signature under a backend's certificate counts. */
final class Trust {
    private Trust() {}

    /**
     * A context that trusts the authorities in {@code pem}; those of the JDK without such a file.
     *
     * @throws IllegalArgumentException the file holds no certificates that can be read
     */
    static SSLContext context(Optional<Path> pem) {
        try {
            if (pem.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(pem.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "no certificates can be read from "
                            + pem.map(Path::toString).orElse("the JDK's store"),
                    unusable);
        }
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + ++number, authority);
            }
            if (number == 0) {
                throw new IllegalArgumentException(pem + " holds no certificate");
            }
            return store;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("certificates of authorities cannot be read", unreadable);
        }
    }
}
