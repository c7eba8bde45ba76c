package dev.mooring.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets every certificate pass, and keeps it with what the real verification says. Nothing secret may go over such a connection. One thread
 * uses it.
 */
final class Look extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager real;
    private @Nullable X509Certificate certificate;
    private @Nullable CertificateException mistrust;
    private @Nullable CertificateException otherName;

    private Look(X509ExtendedTrustManager real) {
        this.real = real;
    }

    static Look trusting(TlsTrust trust) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(trust));
        return new Look((X509ExtendedTrustManager) factory.getTrustManagers()[0]);
    }

    private static @Nullable KeyStore store(TlsTrust trust) throws IOException, GeneralSecurityException {
        if (trust.authorities().isEmpty()) {
            return null;
        }
        try (InputStream in = Files.newInputStream(trust.authorities().get())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + ++number, one);
            }
            return store;
        }
    }

    /** The server's certificate. */
    X509Certificate certificate() {
        return Objects.requireNonNull(certificate, "the handshake showed no certificate");
    }

    /** Why the certificate is not trusted; null where it is. */
    @Nullable
    CertificateException mistrust() {
        return mistrust;
    }

    /** Why the certificate is not for this host; null where it is, and where it is not trusted anyway. */
    @Nullable
    CertificateException otherName() {
        return otherName;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        certificate = chain[0];
        try {
            real.checkServerTrusted(chain, type);
        } catch (CertificateException refused) {
            mistrust = refused;
            return;
        }
        try {
            real.checkServerTrusted(chain, type, socket);
        } catch (CertificateException refused) {
            otherName = refused;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException("a diagnosis uses sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException("a diagnosis uses sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new UnsupportedOperationException("a diagnosis is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException("a diagnosis is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException("a diagnosis is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return real.getAcceptedIssuers();
    }
}
