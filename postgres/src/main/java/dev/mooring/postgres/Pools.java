package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.settings.PoolSize;
import dev.mooring.postgres.settings.PostgresSettings;
import java.time.Duration;
import java.util.Optional;

/** Makes pools: HikariCP over the {@link ConnectionSource}. */
final class Pools {
    /** HikariCP does not cut it to the rest of the acquire time, so it must be short: two of them fit into the 2 s of a caller in doubt. */
    static final Duration VALIDATION = Duration.ofMillis(950);

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

    private Pools() {}

    /** For our settings. {@code hint} runs when a connection broke; it must not block. */
    static SupervisedDataSource of(PostgresSettings settings, ConnectionSource source, Runnable hint) {
        HikariConfig config = new HikariConfig();
        PoolSize size = settings.pool();
        config.setPoolName("mooring-" + settings.name());
        config.setMinimumIdle(size.min());
        config.setMaximumPoolSize(size.max());
        config.setMaxLifetime(size.maxLifetime().toMillis());
        if (size.min() < size.max() && size.idleTimeout().compareTo(size.maxLifetime()) < 0) {
            config.setIdleTimeout(size.idleTimeout().toMillis());
        } else {
            config.setIdleTimeout(0);
        }
        config.setKeepaliveTime(KEEP_ALIVE.compareTo(size.maxLifetime()) < 0 ? KEEP_ALIVE.toMillis() : 0);
        config.setLeakDetectionThreshold(
                size.leakDetection().map(Duration::toMillis).orElse(0L));
        config.setConnectionTimeout(settings.limits().acquire().toMillis());
        return overruled(config, config, source, hint);
    }

    /** For what the application configured; its own object stays as it is. */
    static SupervisedDataSource of(HikariConfig given, ConnectionSource source, Runnable hint) {
        HikariConfig config = new HikariConfig();
        given.copyStateTo(config);
        // The source asks it, once for each log-in.
        config.setCredentialsProvider(null);
        return overruled(config, given, source, hint);
    }

    /** Sets what only we can decide: where connections come from, that the pool never ends a start, and short validations. */
    private static SupervisedDataSource overruled(
            HikariConfig config, HikariConfig given, ConnectionSource source, Runnable hint) {
        config.setDataSource(source);
        config.setInitializationFailTimeout(-1);
        // HikariCP's limit of a validation is also that of the statement with which a connection begins.
        long most = config.getConnectionInitSql() == null ? VALIDATION.toMillis() : config.getValidationTimeout();
        config.setValidationTimeout(
                Math.min(Math.min(config.getValidationTimeout(), most), config.getConnectionTimeout()));
        config.setExceptionOverride(new BrokenConnectionHint(hint, Optional.ofNullable(config.getExceptionOverride())));
        PoolMetrics metrics = new PoolMetrics();
        metrics.into(config);
        return new SupervisedDataSource(config, given, metrics);
    }
}
