package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.settings.Address;
import dev.mooring.settings.Secret;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.HostSpec;

/**
 * Makes the driver log in with one name and one password: over all addresses of the hosts, and in UTC where the server does not know the time
 * zone of the JVM. Thread-safe.
 */
final class DriverConnect {
    private static final Driver DRIVER = new Driver();
    private static final String CLEAR_TEXT = "disable";

    private final Target target;
    private final Sockets sockets;
    private final Addresses addresses;
    private final SessionZone zone;

    DriverConnect(Target target, Sockets sockets) {
        this.target = target;
        this.sockets = sockets;
        this.addresses = new Addresses(() -> hosts(target.address()));
        this.zone = new SessionZone(target.name());
    }

    private static List<HostSpec> hosts(Address address) {
        return IntStream.range(0, address.hosts().size())
                .mapToObj(i ->
                        new HostSpec(address.names().get(i), address.ports().get(i)))
                .distinct()
                .toList();
    }

    Connection connect(String database, Optional<Secret> password, OpenRequest request) throws SQLException {
        Properties properties = target.properties(database, password, request.answerTimeout());
        try {
            return connect(properties, request);
        } catch (SQLException error) {
            if (!target.asksForUtc() || !zone.refusedBy(error)) {
                throw error;
            }
            return connect(properties, request);
        }
    }

    private Connection connect(Properties given, OpenRequest request) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(given);
        boolean inUtc = zone.isUtc();
        TlsSockets.into(properties);
        SocketPlan plan = new SocketPlan(request, target.keepAlive(), sockets, inUtc, addresses);
        return SupervisedSocketFactory.with(plan, () -> connect(properties, plan));
    }

    private Connection connect(Properties properties, SocketPlan plan) throws SQLException {
        while (true) {
            try {
                Connection connection = DRIVER.connect(target.url(), properties);
                if (connection == null) {
                    throw new SQLException("the driver does not know its own URL");
                }
                plan.loggedIn();
                return connection;
            } catch (SQLException failed) {
                if (failed.getCause() instanceof IOException) {
                    plan.unanswered();
                }
                if (!plan.nextRound()) {
                    throw failed;
                }
            }
        }
    }

    /**
     * A more exact failure where another log-in can tell. A server that admits clients with TLS only gives a client without TLS the same
     * answer as one that pg_hba.conf does not admit at all.
     */
    NotConnectedException explain(NotConnectedException failed, String database, OpenRequest request) {
        return failed.kind() == FailureKind.HOST_NOT_ALLOWED && admitsWithTlsOnly(database, request)
                ? failed.as(FailureKind.TLS_FAILED, "the server admits this client with TLS only")
                : failed;
    }

    /**
     * Whether log-ins offer no TLS, and the server asks for a password, or accepts, where the client offers it. The password stays here.
     */
    private boolean admitsWithTlsOnly(String database, OpenRequest request) {
        try {
            Properties properties = target.properties(database, Optional.empty(), request.answerTimeout());
            if (!CLEAR_TEXT.equals(PGProperty.SSL_MODE.getOrDefault(properties))) {
                return false;
            }
            PGProperty.SSL_MODE.set(properties, "require");
            properties.remove(PGProperty.PASSWORD.getName());
            connect(properties, request).close();
            return true;
        } catch (SQLException failed) {
            FailureKind kind = PostgresFailures.INSTANCE.classify(failed).orElse(FailureKind.UNKNOWN);
            return kind == FailureKind.AUTHENTICATION_FAILED || kind == FailureKind.DATABASE_MISSING;
        }
    }
}
