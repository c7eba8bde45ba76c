package dev.mooring.postgres.settings;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.GivenValues;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import java.time.Duration;

/**
 * The definitions of the settings of one database. They share a prefix, which is the name of the dependency: {@code database} has
 * {@code DATABASE_HOST}, a second one called {@code reports} has {@code REPORTS_HOST}. {@link PostgresSettings} holds their values.
 * Immutable.
 */
public final class DatabaseSettings {
    /** The settings of the dependency {@code database}. */
    public static final DatabaseSettings DATABASE = of(PostgresSettings.DEPENDENCY);

    private final String prefix;
    private final ServerSettings server;
    private final LoginSettings login;
    private final LimitSettings limits;
    private final RetrySettings retry;
    private final PoolSettings pool;
    private final KeepAliveSettings keepAlive;
    private final PoolerSettings pooler;

    private DatabaseSettings(String prefix) {
        this.prefix = prefix;
        this.server = new ServerSettings(prefix);
        this.login = new LoginSettings(prefix, server.url, server.tls.mode);
        this.limits = new LimitSettings(prefix, server.url);
        this.retry = new RetrySettings(prefix);
        this.pool = new PoolSettings(prefix);
        this.keepAlive = new KeepAliveSettings(prefix, server.url);
        this.pooler = new PoolerSettings(prefix, server.url);
    }

    /**
     * The settings of the dependency with this name.
     *
     * @param prefix lower-case words and digits, joined by dashes: {@code reports-database} is {@code REPORTS_DATABASE_…}
     */
    public static DatabaseSettings of(String prefix) {
        return new DatabaseSettings(prefix);
    }

    /** The settings with which a process connects to this database. */
    public SettingGroup group() {
        return SettingGroup.of(
                        prefix.equals(PostgresSettings.DEPENDENCY) ? "Database" : "Database " + prefix,
                        "How the process connects to PostgreSQL.",
                        server.host,
                        server.port,
                        login.user,
                        login.password,
                        login.database,
                        login.fallback,
                        server.url,
                        server.tls.mode,
                        server.tls.rootCertificates,
                        server.tls.certificate,
                        server.tls.key,
                        server.tls.password,
                        login.requireAuth,
                        server.parameters,
                        limits.connect,
                        limits.socket,
                        limits.statement,
                        limits.acquire,
                        retry.attempts,
                        retry.delay,
                        retry.factor,
                        retry.maxDelay,
                        retry.jitter,
                        retry.deadline,
                        pool.min,
                        pool.max,
                        pool.idleTimeout,
                        pool.maxLifetime,
                        pool.leakDetection,
                        keepAlive.idle,
                        keepAlive.interval,
                        keepAlive.count,
                        login.applicationName,
                        pooler.direct,
                        pooler.prepareThreshold)
                .requiring(this::checkOrder);
    }

    /** All settings of this database: the group, the start, and health and breaker of the dependency. */
    public SettingCatalog catalog() {
        return SettingCatalog.of(group(), StartSettings.START, DependencySettings.HEALTH, DependencySettings.BREAKERS)
                .withDependencies(prefix);
    }

    /** The server's host, or several. */
    public Setting<Address> host() {
        return server.host;
    }

    /** The server's port. */
    public Setting<Integer> port() {
        return server.port;
    }

    /** The user. */
    public Setting<String> user() {
        return login.user;
    }

    /** The user's password. */
    public Setting<Secret> password() {
        return login.password;
    }

    /** The name of the database. */
    public Setting<String> name() {
        return login.database;
    }

    /** The name of the database to use while the first does not exist. */
    public Setting<String> fallbackName() {
        return login.fallback;
    }

    /** The ways to log in that this process takes part in. */
    public Setting<String> requireAuth() {
        return login.requireAuth;
    }

    /** The address with all ports, as people write it: {@code db.internal:5432}. The settings must have a host. */
    public Address address(Settings settings) {
        return server.read(settings).address();
    }

    /** The name under which the server shows this process. */
    public Setting<String> applicationName() {
        return login.applicationName;
    }

    /** The longest time for a TCP connect. */
    public Setting<Duration> connectTimeout() {
        return limits.connect;
    }

    /** How many connections the pool has at most. */
    public Setting<Integer> poolMax() {
        return pool.max;
    }

    /** The address of the server itself, behind a pooler. */
    public Setting<Address> directHost() {
        return pooler.direct;
    }

    /** The backoff with which a start waits for this database, whatever describes its address. */
    public Backoff startBackoff(Settings settings) {
        return retry.read(settings);
    }

    Setting<PostgresUri> url() {
        return server.url;
    }

    PostgresSettings read(Settings settings) {
        requireAddress(settings);
        checkOrder(settings);
        settings.orThrow();
        return new PostgresSettings(
                prefix,
                server.read(settings),
                login.read(settings),
                limits.read(settings),
                keepAlive.read(settings),
                pool.read(settings),
                pooler.read(settings),
                retry.read(settings),
                settings.get(StartSettings.STARTUP_WAIT),
                DependencySettings.timing(settings, prefix, new ProbeTiming()),
                DependencySettings.breaker(settings, prefix, new BreakerSettings()));
    }

    /**
     * Checks values that came from code.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    void check(
            Server itsServer,
            Login itsLogin,
            Limits itsLimits,
            KeepAlive itsKeepAlive,
            PoolSize itsPool,
            Pooler itsPooler) {
        GivenValues given = new GivenValues();
        server.give(itsServer, given);
        login.give(itsLogin, given);
        limits.give(itsLimits, given);
        keepAlive.give(itsKeepAlive, given);
        pool.give(itsPool, given);
        pooler.give(itsPooler, given);
        Settings.of(given, SettingCatalog.of(group())).check();
    }

    private void checkOrder(Settings settings) {
        server.check(settings);
        limits.checkOrder(settings);
        pool.checkOrder(settings);
        retry.checkOrder(settings);
    }

    /** Records a missing host and a missing name, and goes on, so that one start reports all mistakes. */
    void requireAddress(Settings settings) {
        requireSet(settings, server.host);
        requireSet(settings, login.database);
    }

    private static void requireSet(Settings settings, Setting<?> setting) {
        try {
            settings.get(setting);
        } catch (InvalidSettingsException recorded) {
            assert !settings.problems().isEmpty() : "a missing setting is a problem";
        }
    }
}
