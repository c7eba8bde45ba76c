package dev.mooring.registry.models;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelName;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The registry on an empty database of its own. All kits share one server, which ends with this JVM. */
public final class RegistryKit implements AutoCloseable {
    private static final TestPostgres SERVER = TestPostgres.started();

    /** Connections to the database. */
    public final DataSource pool;

    /** Runs statements on it. */
    public final JdbcClient sql;

    final LocalRegistry registry;
    final Catalog catalog;

    private final Runnable end;

    private RegistryKit(DataSource pool, Runnable end) {
        this.pool = pool;
        this.end = end;
        sql = JdbcClient.create(pool);
        Transactions transactions = new Transactions(new JdbcTransactionManager(pool));
        registry = new LocalRegistry(transactions, sql, ModelEvents.NONE);
        catalog = new Catalog(Origin.LOCAL, transactions, sql);
    }

    static TestPostgres server() {
        return SERVER;
    }

    /** A kit on a new database. */
    public static RegistryKit create(int poolSize) {
        String database = migratedDatabase();
        return on(SERVER.jdbcUrl(database), poolSize);
    }

    /** The name of a new database with the registry's tables. */
    static String migratedDatabase() {
        return migratedDatabase("UTF8");
    }

    static String migratedDatabase(String encoding) {
        String database = "registry_" + UUID.randomUUID().toString().replace("-", "");
        try {
            SERVER.admin()
                    .execute("create database " + database + " encoding '" + encoding
                            + "' locale 'C' template template0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        migrate(SERVER.admin().dataSource(database));
        return database;
    }

    static void migrate(DataSource database) {
        Flyway.configure().dataSource(database).schemas("mooring").load().migrate();
    }

    static RegistryKit on(String jdbcUrl, int poolSize) {
        return on(jdbcUrl, poolSize, Duration.ofSeconds(5));
    }

    /** A kit whose calls wait at most this long for a connection. */
    static RegistryKit on(String jdbcUrl, int poolSize, Duration connectionLimit) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(SERVER.admin().user());
        pool.setPassword(SERVER.admin().password());
        pool.setMaximumPoolSize(poolSize);
        pool.setConnectionTimeout(connectionLimit.toMillis());
        return new RegistryKit(pool, pool::close);
    }

    /** A kit on a pool that the caller closes. */
    static RegistryKit over(DataSource pool) {
        return new RegistryKit(pool, () -> {});
    }

    /** A registration of {@code name} by alice that differs from others by its source. */
    static NewRegistration wanted(String name, @Nullable String key, String source) {
        return wanted("alice", name, key, source);
    }

    static NewRegistration wanted(String scope, String name, @Nullable String key, String source) {
        return new NewRegistration(
                UuidV7.at(System.currentTimeMillis()),
                scope,
                key == null ? null : new IdempotencyKey(key),
                new RegistrationRequest(new ModelName(name), source, null, null, new TreeMap<>(), new TreeMap<>()));
    }

    long count(String table) {
        return sql.sql("select count(*) from mooring." + table)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        end.run();
    }
}
