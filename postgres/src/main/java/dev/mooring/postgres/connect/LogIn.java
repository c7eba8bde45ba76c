package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.settings.Occupancy;
import dev.mooring.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Logs in once. It tries the fallback only when the first database does not exist, and the second password only when the server refuses the
 * first. After any other failure a second try would fail in the same way. Thread-safe.
 */
final class LogIn {
    private final Target target;
    private final Credentials credentials;
    private final DatabaseNames names;
    private final Occupancy.Reader occupancy;
    private final DriverConnect driver;

    LogIn(Target target, Credentials credentials, DatabaseNames names, Occupancy.Reader occupancy, Sockets sockets) {
        this.target = target;
        this.credentials = credentials;
        this.names = names;
        this.occupancy = occupancy;
        this.driver = new DriverConnect(target, sockets);
    }

    Connection open(OpenRequest request) throws SQLException {
        List<String> toTry = names.toTry();
        for (int i = 0; ; i++) {
            String name = toTry.get(i);
            try {
                return decide(name, openNamed(name, request), request);
            } catch (NotConnectedException failed) {
                if (failed.kind() != FailureKind.DATABASE_MISSING) {
                    throw failed;
                }
                if (i + 1 == toTry.size()) {
                    throw i == 0 ? failed : NotConnectedException.ofBoth(target, toTry.get(0), name, failed);
                }
            }
        }
    }

    /** Keeps the connection, unless its database is untouched and the fallback's is in use. */
    private Connection decide(String name, Connection connection, OpenRequest request) throws SQLException {
        Optional<String> rival = names.rivalOf(name);
        if (rival.isEmpty()) {
            return keep(name, connection, request);
        }
        try {
            Optional<Connection> used = occupancy.of(connection) == Occupancy.UNTOUCHED
                    ? openIfUsed(rival.get(), request)
                    : Optional.empty();
            if (used.isEmpty()) {
                return keep(name, connection, request);
            }
            connection.close();
            names.foundUntouched();
            return keep(rival.get(), used.get(), request);
        } catch (SQLException undecided) {
            connection.close();
            throw undecided;
        }
    }

    /** Decides for the name. If another log-in has just decided for the other name, logs in to that one. */
    private Connection keep(String name, Connection connection, OpenRequest request) throws SQLException {
        if (names.use(name)) {
            return connection;
        }
        connection.close();
        return open(request);
    }

    /** A connection to this database; empty when it does not exist, refuses this user, or holds no rows of ours. */
    private Optional<Connection> openIfUsed(String name, OpenRequest request) throws SQLException {
        Connection connection;
        try {
            connection = openNamed(name, request.asLook());
        } catch (NotConnectedException failed) {
            if (failed.kind().isPermanent()) {
                return Optional.empty();
            }
            throw failed;
        }
        try {
            if (occupancy.of(connection) == Occupancy.USED) {
                return Optional.of(connection);
            }
        } catch (SQLException unreadable) {
            connection.close();
            throw unreadable;
        }
        connection.close();
        return Optional.empty();
    }

    private Connection openNamed(String name, OpenRequest request) throws SQLException {
        Optional<Secret> password = first(name, request);
        try {
            return attempt(name, password, request);
        } catch (NotConnectedException failed) {
            if (failed.kind() != FailureKind.AUTHENTICATION_FAILED) {
                throw failed;
            }
            Optional<Secret> other = credentials.second(password);
            if (other.isEmpty()) {
                throw failed;
            }
            return attempt(name, other, request);
        }
    }

    private Optional<Secret> first(String name, OpenRequest request) throws SQLException {
        long begun = System.nanoTime();
        try {
            return credentials.first();
        } catch (SQLException unreadable) {
            throw told(NotConnectedException.of(target, name, unreadable), request, name, begun);
        }
    }

    private Connection attempt(String name, Optional<Secret> password, OpenRequest request) throws SQLException {
        long begun = System.nanoTime();
        try {
            Connection connection = driver.connect(name, password, request);
            credentials.worked(password);
            tell(request, name, begun, Optional.empty());
            return connection;
        } catch (SQLException error) {
            NotConnectedException failed = driver.explain(NotConnectedException.of(target, name, error), name, request);
            if (knowsPassword(failed.kind())) {
                credentials.worked(password);
            }
            throw told(failed, request, name, begun);
        }
    }

    private NotConnectedException told(NotConnectedException failed, OpenRequest request, String name, long begun) {
        tell(request, name, begun, Optional.of(failed));
        return failed;
    }

    /** The server looks for the database only after it has accepted the password. */
    private static boolean knowsPassword(FailureKind kind) {
        return kind == FailureKind.DATABASE_MISSING;
    }

    private void tell(OpenRequest request, String name, long begun, Optional<NotConnectedException> failed) {
        request.attempts()
                .tried(new LoginAttempt(
                        host(),
                        target.address().ports().get(0),
                        name,
                        request.connectTimeout(),
                        Duration.ofNanos(System.nanoTime() - begun),
                        failed.filter(NotConnectedException::isGivenUp).isPresent(),
                        failed.map(f -> new Failure(f.kind(), String.valueOf(f.getMessage()), Instant.now()))));
    }

    private String host() {
        List<String> all = target.address().names();
        return all.size() == 1 ? all.get(0) : target.address().toString();
    }
}
