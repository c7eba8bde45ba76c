package dev.mooring.postgres.connect;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.KeepAlive;
import dev.mooring.settings.Secret;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A database that an application's own pool describes. The driver gets the URL, the data-source properties, user and password of the pool,
 * with the meaning that they have there. Ours are the socket factory, which lets us close sockets, and the limits of a log-in: the driver's
 * own limits leave threads and sockets behind. Thread-safe.
 */
public final class GivenPool implements Target {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String DRIVER = "org.postgresql.Driver";

    /** As long as HikariCP lets the driver log in, which takes the limit from its own default connection timeout. */
    private static final Duration LOG_IN = Duration.ofSeconds(30);

    /** In place of no limit at all. */
    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(5);

    /** The times for a pool that switches TCP keepalive on, which the driver cannot set. */
    private static final KeepAlive KEEP_ALIVE = new KeepAlive(Duration.ofMinutes(10), Duration.ofSeconds(30), 3);

    private final String name;
    private final HikariConfig pool;
    private final String jdbcUrl;
    private final Address address;
    private final Duration connectLimit;
    private final Duration answerLimit;
    private final Duration socketLimit;
    private final boolean forReading;

    /** User and password as the pool gave them last. Volatile: any log-in writes and reads it. */
    private volatile Credentials last;

    private GivenPool(String name, HikariConfig pool, String jdbcUrl) throws SQLException {
        this.name = name;
        this.pool = pool;
        this.jdbcUrl = jdbcUrl;
        // A provider may have to ask another server: only log-ins call it.
        this.last = pool.getCredentialsProvider() == null ? credentials() : Credentials.of(null, null);
        Properties all = parsed(Optional.empty());
        if (PGProperty.SOCKET_FACTORY.getOrNull(all) != null) {
            throw new IllegalArgumentException("it has a socketFactory of its own, and Mooring needs that place");
        }
        this.address = address(all);
        int connect = PGProperty.CONNECT_TIMEOUT.getInt(all);
        this.connectLimit = connect <= 0 ? LONGEST_CONNECT : Duration.ofSeconds(connect);
        this.socketLimit = Duration.ofSeconds(Math.max(0, PGProperty.SOCKET_TIMEOUT.getInt(all)));
        Duration logIn = logInLimit(all);
        this.answerLimit = socketLimit.isZero() || logIn.compareTo(socketLimit) < 0 ? logIn : socketLimit;
        String type =
                String.valueOf(PGProperty.TARGET_SERVER_TYPE.getOrDefault(all)).toLowerCase(Locale.ROOT);
        this.forReading = pool.isReadOnly()
                || PGProperty.READ_ONLY.getBoolean(all)
                || type.contains("secondary")
                || type.contains("slave");
    }

    /**
     * The database of this pool.
     *
     * @throws IllegalArgumentException it cannot be supervised; the message says why, without any part of the URL
     */
    public static GivenPool of(String name, HikariConfig pool) {
        if (pool.getDataSource() != null) {
            throw new IllegalArgumentException("it takes its connections from a DataSource of its own, "
                    + pool.getDataSource().getClass().getName());
        }
        if (pool.getDataSourceClassName() != null) {
            throw new IllegalArgumentException(
                    "it takes its connections from the data source class " + pool.getDataSourceClassName());
        }
        String url = pool.getJdbcUrl();
        if (url == null) {
            throw new IllegalArgumentException("it has no JDBC URL");
        }
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException("its JDBC URL does not begin with " + PREFIX);
        }
        String driver = pool.getDriverClassName();
        if (driver != null && !driver.equals(DRIVER)) {
            throw new IllegalArgumentException("it uses the driver " + driver);
        }
        try {
            return new GivenPool(name, pool, url);
        } catch (SQLException refused) {
            throw new IllegalArgumentException(
                    "PostgreSQL's driver does not accept its parameters: " + refused.getMessage(), refused);
        }
    }

    private static Duration logInLimit(Properties all) {
        try {
            float seconds =
                    Float.parseFloat(Objects.requireNonNullElse(PGProperty.LOGIN_TIMEOUT.getOrDefault(all), ""));
            return seconds > 0 ? Duration.ofMillis((long) (seconds * 1000)) : LOG_IN;
        } catch (NumberFormatException none) {
            return LOG_IN;
        }
    }

    private static Address address(Properties all) {
        String[] names =
                Objects.requireNonNull(PGProperty.PG_HOST.getOrDefault(all)).split(",");
        String[] ports =
                Objects.requireNonNull(PGProperty.PG_PORT.getOrDefault(all)).split(",");
        List<Address.Host> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            int port = Integer.parseInt(ports[Math.min(i, ports.length - 1)].strip());
            hosts.add(new Address.Host(names[i], OptionalInt.of(port)));
        }
        return new Address(hosts);
    }

    /** The configuration of the pool. */
    public HikariConfig pool() {
        return pool;
    }

    /** The limit of a wait for an answer of a statement; zero where the pool has none. */
    public Duration socketLimit() {
        return socketLimit;
    }

    /** Whether the pool reads only, so that a standby is what it asks for. */
    public boolean isForReading() {
        return forReading;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public String user() {
        return text(PGProperty.USER).orElseGet(() -> System.getProperty("user.name", "?"));
    }

    @Override
    public String database() {
        return text(PGProperty.PG_DBNAME).orElseGet(this::user);
    }

    private Optional<String> text(PGProperty property) {
        try {
            return Optional.ofNullable(property.getOrNull(parsed(Optional.empty())));
        } catch (SQLException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> fallback() {
        return Optional.empty();
    }

    @Override
    public Optional<Secret> password() {
        last = credentials();
        return Optional.ofNullable(last.getPassword()).map(Secret::of);
    }

    /** As HikariCP asks at each log-in; also the getters of a subclass, as older versions of HikariCP ask them. */
    private Credentials credentials() {
        HikariCredentialsProvider provider = pool.getCredentialsProvider();
        if (provider != null) {
            return provider.getCredentials();
        }
        return hasOwnCredentials() ? pool.getCredentials() : Credentials.of(pool.getUsername(), pool.getPassword());
    }

    private boolean hasOwnCredentials() {
        try {
            return pool.getClass().getMethod("getCredentials").getDeclaringClass() != HikariConfig.class;
        } catch (NoSuchMethodException older) {
            return false;
        }
    }

    @Override
    public KeepAlive keepAlive() {
        return KEEP_ALIVE;
    }

    @Override
    public Duration connectLimit() {
        return connectLimit;
    }

    @Override
    public Duration answerLimit() {
        return answerLimit;
    }

    @Override
    public String authExclusion() {
        return "the pool's requireAuth excludes";
    }

    @Override
    public boolean hasClientCertificate() {
        return text(PGProperty.SSL_KEY).isPresent();
    }

    @Override
    public boolean asksForUtc() {
        return false;
    }

    @Override
    public String url() {
        int parameters = jdbcUrl.indexOf('?');
        return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
    }

    @Override
    public Properties properties(String database, Optional<Secret> password, Duration answerTimeout)
            throws SQLException {
        Properties properties = parsed(password);
        DriverProperties.ours(properties, answerTimeout);
        return properties;
    }

    /** All parameters of a log-in, as the driver would see them: first those of the URL, then user and password, then the others. */
    private Properties parsed(Optional<Secret> password) throws SQLException {
        Properties given = new Properties();
        given.putAll(pool.getDataSourceProperties());
        @Nullable String user = last.getUsername();
        if (user != null) {
            PGProperty.USER.set(given, user);
        }
        if (password.isPresent() && (user != null || PGProperty.PASSWORD.getOrNull(given) == null)) {
            PGProperty.PASSWORD.set(given, password.get().reveal());
        }
        Properties all = Driver.parseURL(jdbcUrl, given);
        if (all == null) {
            throw new SQLNonTransientConnectionException("the driver cannot read the URL", "08001");
        }
        return all;
    }
}
