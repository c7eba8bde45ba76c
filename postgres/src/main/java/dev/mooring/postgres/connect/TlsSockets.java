package dev.mooring.postgres.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * Makes TLS sockets as the driver would, each as a {@link TlsSocket}. Fails where and as the driver fails. Public because the driver creates it
 * by its class name.
 */
public final class TlsSockets extends WrappedFactory {
    private final Properties properties;

    /** For the driver. */
    public TlsSockets(Properties properties) {
        Properties without = new Properties();
        // Not putAll: the driver passes what it was given as defaults of its own properties.
        properties.stringPropertyNames().forEach(name -> without.setProperty(name, properties.getProperty(name)));
        String its = PGProperty.SSL_FACTORY_ARG.getOrDefault(properties);
        without.remove(PGProperty.SSL_FACTORY.getName());
        without.remove(PGProperty.SSL_FACTORY_ARG.getName());
        if (its != null && !its.isEmpty()) {
            PGProperty.SSL_FACTORY.set(without, its);
        }
        this.properties = without;
    }

    /** Puts this factory before the one that {@code properties} name. */
    static void into(Properties properties) {
        String its = PGProperty.SSL_FACTORY.getOrDefault(properties);
        PGProperty.SSL_FACTORY_ARG.set(properties, its == null ? "" : its);
        PGProperty.SSL_FACTORY.set(properties, TlsSockets.class.getName());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        try {
            factory = SocketFactoryFactory.getSslSocketFactory(properties);
        } catch (PSQLException unusable) {
            throw TlsSockets.<RuntimeException>asItIs(unusable);
        }
        SSLSocket socket = (SSLSocket) super.createSocket(plain, host, port, autoClose);
        return new TlsSocket(socket, plain, this::handshakeDone);
    }

    /** The driver's own factory keeps what went wrong with a client's key, and the driver asks it after the handshake. */
    private void handshakeDone() {
        if (factory instanceof LibPQFactory drivers) {
            try {
                drivers.throwKeyManagerException();
            } catch (PSQLException unusable) {
                throw TlsSockets.<RuntimeException>asItIs(unusable);
            }
        }
    }

    /** The driver expects its own exceptions from what calls this, but the signatures between do not have them. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E asItIs(PSQLException error) throws E {
        throw (E) error;
    }
}
