package dev.mooring.postgres.settings;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.GivenValues;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to connect to one PostgreSQL database and supervise it, read from the environment or set in code. Immutable; the methods with an
 * argument give a changed copy. The type of the password never prints it.
 *
 * <pre>{@code
 * PostgresSettings orders = PostgresSettings.at("db.internal", 5432, "orders")
 *         .named("orders")
 *         .user("orders", SecretSource.file(Path.of("/run/secrets/orders")))
 *         .pool(pool -> pool.max(10))
 *         .limits(limits -> limits.statement(Duration.ofSeconds(5)));
 * }</pre>
 *
 * <p>The bounds of the settings hold in code too. A value out of bounds throws an {@link InvalidSettingsException} that names the
 * dependency, the setting, the value and the accepted values.
 *
 * @param name the name of the dependency, and the prefix of its settings; default {@code database}
 * @param server the address of the server, and the encryption of connections
 * @param login the user, the password and the database
 * @param limits limits of connects, answers, statements and waits for a connection
 * @param keepAlive how TCP notices a dead connection
 * @param pool the size of the pool and the lifetimes of its connections
 * @param pooler what counts where a pooler stands before the server
 * @param retry the backoff of a start that waits for the database
 * @param startupMode whether the start waits; not at all by default
 * @param timing when the supervisor probes it
 * @param breaker when the breaker refuses calls to it
 */
public record PostgresSettings(
        String name,
        Server server,
        Login login,
        Limits limits,
        KeepAlive keepAlive,
        PoolSize pool,
        Pooler pooler,
        Backoff retry,
        StartupMode startupMode,
        ProbeTiming timing,
        BreakerSettings breaker) {
    /** The name of the dependency unless another one is given. */
    public static final String DEPENDENCY = "database";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSettings.class);

    public PostgresSettings {
        DatabaseSettings.of(name).check(server, login, limits, keepAlive, pool, pooler);
    }

    /**
     * The database with this name on this server. {@code host} may be several hosts, separated by commas, of which the primary is used.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    public static PostgresSettings at(String host, int port, String database) {
        DatabaseSettings defined = DatabaseSettings.DATABASE;
        return read(
                defined,
                new GivenValues()
                        .withText(defined.host(), host)
                        .with(defined.port(), port)
                        .with(defined.name(), database));
    }

    /**
     * The database that a URI names, such as {@code postgresql://user:password@host:5432/database?sslmode=verify-full}.
     *
     * @throws InvalidSettingsException when the text is no such URI, or names no database; the message never shows the password
     */
    public static PostgresSettings at(String uri) {
        DatabaseSettings defined = DatabaseSettings.DATABASE;
        return read(defined, new GivenValues().withText(defined.url(), uri));
    }

    private static PostgresSettings read(DatabaseSettings defined, SettingSource source) {
        Settings settings = Settings.of(source, defined.catalog());
        try {
            defined.requireAddress(settings);
            settings.check();
        } finally {
            settings.warnings().forEach(LOG::warn);
        }
        return defined.read(settings);
    }

    /**
     * Reads {@code DATABASE_*} from the environment of this process.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    public static PostgresSettings fromEnvironment() {
        return fromEnvironment(DEPENDENCY);
    }

    /**
     * Reads the settings of the dependency with this name from the environment of this process: {@code REPORTS_HOST} of {@code reports}.
     * Logs a variable that is one letter off the name of a setting.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    public static PostgresSettings fromEnvironment(String name) {
        return fromEnvironment(System.getenv(), name);
    }

    static PostgresSettings fromEnvironment(Map<String, String> environment, String name) {
        return read(DatabaseSettings.of(name), SettingSource.environment(environment));
    }

    /**
     * Reads the dependency {@code database} from {@code settings}, which collects mistakes: call {@link Settings#orThrow()} when all is
     * read.
     *
     * @throws InvalidSettingsException when host or name are missing, or {@code settings} has another mistake by then
     */
    public static PostgresSettings from(Settings settings) {
        return from(settings, DEPENDENCY);
    }

    /** The same for the dependency with this name: {@code REPORTS_HOST} of {@code reports}. */
    public static PostgresSettings from(Settings settings, String name) {
        return DatabaseSettings.of(name).read(settings);
    }

    /** The same with another name of the dependency, which health, metrics, log fields and threads show. */
    public PostgresSettings named(String dependency) {
        return new PostgresSettings(
                dependency, server, login, limits, keepAlive, pool, pooler, retry, startupMode, timing, breaker);
    }

    /** The same with this user and a password that never changes. */
    public PostgresSettings user(String user, Secret password) {
        return user(user, SecretSource.fixed(password));
    }

    /** The same with this user and a password that may change: each log-in asks for it again. */
    public PostgresSettings user(String user, SecretSource password) {
        return login(old -> old.user(user, password));
    }

    /** The same with another server part, for example {@code server(s -> s.sslMode(SslMode.VERIFY_FULL))}. */
    public PostgresSettings server(UnaryOperator<Server> change) {
        return new PostgresSettings(
                name,
                change.apply(server),
                login,
                limits,
                keepAlive,
                pool,
                pooler,
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with another log-in. */
    public PostgresSettings login(UnaryOperator<Login> change) {
        return new PostgresSettings(
                name,
                server,
                change.apply(login),
                limits,
                keepAlive,
                pool,
                pooler,
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with other limits, for example {@code limits(l -> l.acquire(Duration.ofSeconds(1)))}. */
    public PostgresSettings limits(UnaryOperator<Limits> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                change.apply(limits),
                keepAlive,
                pool,
                pooler,
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with another way to notice dead connections. */
    public PostgresSettings keepAlive(UnaryOperator<KeepAlive> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                limits,
                change.apply(keepAlive),
                pool,
                pooler,
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with another pool, for example {@code pool(p -> p.max(10))}. */
    public PostgresSettings pool(UnaryOperator<PoolSize> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                limits,
                keepAlive,
                change.apply(pool),
                pooler,
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with another way through a pooler, for example {@code pooler(p -> p.direct("db.internal", 5432))}. */
    public PostgresSettings pooler(UnaryOperator<Pooler> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                limits,
                keepAlive,
                pool,
                change.apply(pooler),
                retry,
                startupMode,
                timing,
                breaker);
    }

    /** The same with the server's own address where a pooler stands before it; this object where no such address is set. */
    public PostgresSettings direct() {
        return pooler.direct().map(itself -> server(old -> old.address(itself))).orElse(this);
    }

    /** The same with other attempts of a start that waits. */
    public PostgresSettings retry(UnaryOperator<Backoff> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                limits,
                keepAlive,
                pool,
                pooler,
                change.apply(retry),
                startupMode,
                timing,
                breaker);
    }

    /** The same with another mode of the start. */
    public PostgresSettings startupMode(StartupMode mode) {
        return new PostgresSettings(name, server, login, limits, keepAlive, pool, pooler, retry, mode, timing, breaker);
    }

    /** The same with other times of the probes. */
    public PostgresSettings timing(ProbeTiming other) {
        return new PostgresSettings(
                name, server, login, limits, keepAlive, pool, pooler, retry, startupMode, other, breaker);
    }

    /** The same with another breaker, for example {@code breaker(b -> b.failures(3))}. */
    public PostgresSettings breaker(UnaryOperator<BreakerSettings> change) {
        return new PostgresSettings(
                name,
                server,
                login,
                limits,
                keepAlive,
                pool,
                pooler,
                retry,
                startupMode,
                timing,
                change.apply(breaker));
    }
}
