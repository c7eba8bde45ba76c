package dev.mooring.postgres.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * Makes TLS sockets as the driver would, and passes the first message of the session through {@link StartupInUtc}. Public because the driver
 * creates it by its class name.
 */
public final class TlsInUtc extends WrappedFactory {
    /** For the driver. */
    public TlsInUtc(Properties properties) throws PSQLException {
        Properties without = new Properties();
        // Not putAll: the driver passes what it was given as defaults of its own properties.
        properties.stringPropertyNames().forEach(name -> without.setProperty(name, properties.getProperty(name)));
        String its = PGProperty.SSL_FACTORY_ARG.getOrDefault(properties);
        without.remove(PGProperty.SSL_FACTORY.getName());
        without.remove(PGProperty.SSL_FACTORY_ARG.getName());
        if (its != null && !its.isEmpty()) {
            PGProperty.SSL_FACTORY.set(without, its);
        }
        factory = SocketFactoryFactory.getSslSocketFactory(without);
    }

    /** Puts this factory before the one that {@code properties} name. */
    static void into(Properties properties) {
        String its = PGProperty.SSL_FACTORY.getOrDefault(properties);
        PGProperty.SSL_FACTORY_ARG.set(properties, its == null ? "" : its);
        PGProperty.SSL_FACTORY.set(properties, TlsInUtc.class.getName());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return new TlsSocketInUtc((SSLSocket) super.createSocket(plain, host, port, autoClose));
    }
}
