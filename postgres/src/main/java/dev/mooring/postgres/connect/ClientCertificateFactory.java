package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.SslMode;
import dev.mooring.postgres.tls.CertificateFile;
import dev.mooring.postgres.tls.ClientKey;
import dev.mooring.postgres.tls.UnusableKeyException;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ssl.NonValidatingFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * Makes the TLS sockets of log-ins with a client certificate. Unlike the driver's own factory it reads keys as openssl writes them, and
 * works with the authorities of the JDK too. Each log-in reads the files again, so that a renewed certificate takes effect. Public because
 * the driver creates it by its class name.
 */
public final class ClientCertificateFactory extends WrappedFactory {
    private final @Nullable SSLException unusable;

    /** For the driver: with the properties of {@link DriverProperties}. */
    public ClientCertificateFactory(Properties properties) {
        SSLException failed = null;
        try {
            factory = context(properties).getSocketFactory();
        } catch (UnusableKeyException key) {
            failed = unusable("the client certificate cannot be used; expected " + key.getMessage(), key);
        } catch (GeneralSecurityException | IOException | RuntimeException broken) {
            failed = unusable("the certificate files cannot be used: " + broken, broken);
        }
        unusable = failed;
    }

    /** An exception whose own words are the reason: of a chain of causes, health shows the last. */
    private static SSLException unusable(String reason, Exception broken) {
        SSLException failed = new SSLException(reason);
        failed.addSuppressed(broken);
        return failed;
    }

    private static SSLContext context(Properties properties) throws GeneralSecurityException, IOException {
        ClientKey key = ClientKey.read(
                text(PGProperty.SSL_CERT, properties).map(Path::of),
                Path.of(text(PGProperty.SSL_KEY, properties).orElseThrow()),
                text(PGProperty.SSL_PASSWORD, properties).map(Secret::of));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.managers(), trust(properties), null);
        return context;
    }

    /** Null means the authorities of the JDK. */
    private static TrustManager @Nullable [] trust(Properties properties) throws GeneralSecurityException, IOException {
        boolean verifies = text(PGProperty.SSL_MODE, properties)
                .flatMap(SslMode::of)
                .filter(SslMode::verifies)
                .isPresent();
        if (!verifies) {
            return new TrustManager[] {new NonValidatingFactory.NonValidatingTM()};
        }
        Optional<String> file = text(PGProperty.SSL_ROOT_CERT, properties);
        return file.isPresent() ? CertificateFile.trust(Path.of(file.get())) : null;
    }

    private static Optional<String> text(PGProperty property, Properties properties) {
        return Optional.ofNullable(property.getOrNull(properties));
    }

    /** Throws here, and not in the constructor, what makes the certificate unusable: the driver then reports a failure of TLS. */
    @Override
    public Socket createSocket(Socket below, String host, int port, boolean closesBelow) throws IOException {
        if (unusable != null) {
            throw unusable;
        }
        return super.createSocket(below, host, port, closesBelow);
    }
}
