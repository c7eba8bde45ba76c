package dev.mooring.postgres.settings;

import static dev.mooring.postgres.settings.DatabaseSettings.*;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SecretSource;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one PostgreSQL database is reached. Immutable; holds its password in a type that never prints.
 *
 * @param server where it is and how connections to it are encrypted
 * @param login who logs in to what
 * @param limits how long things may take
 * @param keepAlive how a dead connection is noticed below
 * @param pool how many connections there are
 * @param retry how often somebody who waits for the database tries
 * @param startupMode whether the start waits
 * @param timing when it is asked
 * @param breaker when calls to it are refused
 */
public record PostgresSettings(
        Server server,
        Login login,
        Limits limits,
        KeepAlive keepAlive,
        PoolSize pool,
        Backoff retry,
        StartupMode startupMode,
        ProbeTiming timing,
        BreakerSettings breaker) {
    /** The name of the dependency unless another one is given. */
    public static final String DEPENDENCY = "database";

    /**
     * Where it is.
     *
     * @param address host or hosts, each with its port
     * @param sslMode how connections are encrypted
     * @param rootCertificates authorities that may sign its certificate; empty: those of the JDK
     */
    public record Server(Address address, SslMode sslMode, Optional<Path> rootCertificates) {}

    /**
     * Who logs in to what.
     *
     * @param user the user
     * @param password the password, asked for again at each log-in; empty when the server wants none
     * @param database the database's name
     * @param fallback the name that is used while the first does not exist
     * @param applicationName what the server shows
     */
    public record Login(
            String user,
            Optional<SecretSource> password,
            String database,
            Optional<String> fallback,
            String applicationName) {}

    /**
     * How long things may take: statement is less than socket.
     *
     * @param connect a TCP connect
     * @param socket a wait for an answer
     * @param statement a statement, ended by the server
     * @param acquire a wait for a pooled connection
     */
    public record Limits(Duration connect, Duration socket, Duration statement, Duration acquire) {}

    /**
     * How a dead connection is noticed by TCP itself.
     *
     * @param idle quiet time before the first question
     * @param interval pause between questions
     * @param count questions without an answer after which the connection is given up
     */
    public record KeepAlive(Duration idle, Duration interval, int count) {}

    /**
     * How many connections there are.
     *
     * @param min kept ready
     * @param max at most
     * @param idleTimeout when one above the minimum is closed
     * @param maxLifetime when one is replaced
     * @param leakDetection when one that is not given back is logged
     */
    public record PoolSize(
            int min, int max, Duration idleTimeout, Duration maxLifetime, Optional<Duration> leakDetection) {}

    /**
     * What the environment variables of this process say.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    public static PostgresSettings fromEnvironment() {
        Settings settings = Settings.ofEnvironment(System.getenv());
        PostgresSettings read = from(settings);
        settings.orThrow();
        return read;
    }

    /**
     * What {@code settings} say of the dependency {@code database}; mistakes are collected there: call
     * {@link Settings#orThrow()} when all is read.
     *
     * @throws InvalidSettingsException when host or name are missing
     */
    public static PostgresSettings from(Settings settings) {
        requireSet(settings, HOST);
        requireSet(settings, NAME);
        requireOrder(settings);
        settings.orThrow();
        return new PostgresSettings(
                server(settings),
                new Login(
                        settings.get(USER),
                        settings.secret(PASSWORD),
                        settings.get(NAME),
                        settings.find(FALLBACK_NAME),
                        settings.get(APPLICATION_NAME)),
                new Limits(
                        settings.get(CONNECT_TIMEOUT),
                        settings.get(SOCKET_TIMEOUT),
                        settings.get(STATEMENT_TIMEOUT),
                        settings.get(ACQUIRE_TIMEOUT)),
                new KeepAlive(
                        settings.get(KEEPALIVE_IDLE), settings.get(KEEPALIVE_INTERVAL), settings.get(KEEPALIVE_COUNT)),
                new PoolSize(
                        settings.get(POOL_MIN),
                        settings.get(POOL_MAX),
                        settings.get(POOL_IDLE_TIMEOUT),
                        settings.get(POOL_MAX_LIFETIME),
                        settings.find(POOL_LEAK_DETECTION)),
                retry(settings),
                settings.get(STARTUP_WAIT),
                DependencySettings.timing(settings, DEPENDENCY, new ProbeTiming()),
                DependencySettings.breaker(settings, DEPENDENCY, new BreakerSettings()));
    }

    /** Records that a setting is missing, and goes on: one start tells all mistakes. */
    private static void requireSet(Settings settings, Setting<?> setting) {
        try {
            settings.get(setting);
        } catch (InvalidSettingsException recorded) {
            assert !settings.problems().isEmpty() : "a missing setting is a problem";
        }
    }

    private static Server server(Settings settings) {
        int port = settings.get(PORT);
        Address address = settings.get(HOST);
        boolean portOfItsOwn = settings.find(URL)
                .map(uri -> uri.address().firstPort().orElse(port) != port)
                .orElse(false);
        return new Server(
                portOfItsOwn ? address.withPort(port) : address.withDefaultPort(port),
                settings.get(SSLMODE),
                settings.find(SSLROOTCERT));
    }

    private static Backoff retry(Settings settings) {
        return new Backoff(
                settings.get(MAX_RETRIES),
                settings.get(RETRY_DELAY),
                settings.get(RETRY_FACTOR),
                settings.get(RETRY_MAX_DELAY),
                settings.get(RETRY_JITTER),
                settings.get(RETRY_DEADLINE));
    }
}
