package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.ClientCertificate;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.postgres.settings.Server;
import dev.mooring.settings.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;

/** The properties that a log-in gives to the driver. Credentials and names are properties, because the driver logs the URL. */
final class DriverProperties {
    /** Empty, so that a log with it shows nothing. */
    static final String URL = "jdbc:postgresql:///";

    private DriverProperties() {}

    static Properties of(
            PostgresSettings settings,
            Address address,
            String database,
            Optional<Secret> password,
            Duration answerTimeout) {
        Properties properties = new Properties();
        PGProperty.PG_HOST.set(properties, String.join(",", address.names()));
        PGProperty.PG_PORT.set(
                properties, address.ports().stream().map(String::valueOf).collect(Collectors.joining(",")));
        PGProperty.PG_DBNAME.set(properties, database);
        PGProperty.USER.set(properties, settings.login().user());
        password.ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret.reveal()));
        PGProperty.APPLICATION_NAME.set(properties, settings.login().applicationName());
        ours(properties, answerTimeout);
        PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, seconds(answerTimeout) * 1000);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        // Until it is known that the connection has a server process of its own: see Backends.
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        tls(settings.server(), properties);
        String auth = settings.login().requiredAuth(settings.server().sslMode());
        if (!auth.equals("any")) {
            PGProperty.REQUIRE_AUTH.set(properties, auth);
        }
        if (address.hosts().size() > 1) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
            // The standby of a moment ago may be the primary now.
            PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
        }
        properties.putAll(settings.server().parameters());
        return properties;
    }

    /** Sets what lets another thread end a log-in: our sockets, a log-in on the calling thread, and {@code answerTimeout} for each answer. */
    static void ours(Properties properties, Duration answerTimeout) {
        PGProperty.SOCKET_FACTORY.set(properties, SupervisedSocketFactory.class.getName());
        // No limit: with one the driver would connect on another thread, where the socket factory finds no plan.
        PGProperty.LOGIN_TIMEOUT.set(properties, "0.0");
        PGProperty.CONNECT_TIMEOUT.set(properties, 0);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(answerTimeout));
    }

    private static int seconds(Duration timeout) {
        return (int) Math.min(Integer.MAX_VALUE / 1000, (timeout.toMillis() + 999) / 1000);
    }

    private static void tls(Server server, Properties properties) {
        PGProperty.SSL_MODE.set(properties, server.sslMode().code());
        server.authorities().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file.toString()));
        if (server.clientCertificate().isPresent()) {
            client(server.clientCertificate().get(), properties);
        } else if (server.sslMode().verifies() && server.authorities().isEmpty()) {
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static void client(ClientCertificate own, Properties properties) {
        PGProperty.SSL_FACTORY.set(properties, ClientCertificateFactory.class.getName());
        own.certificate().ifPresent(file -> PGProperty.SSL_CERT.set(properties, file.toString()));
        PGProperty.SSL_KEY.set(properties, own.key().toString());
        own.password()
                .ifPresent(secret ->
                        PGProperty.SSL_PASSWORD.set(properties, secret.current().reveal()));
    }
}
