package dev.mooring.postgres;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.Feedback;
import dev.mooring.postgres.connect.GivenPool;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.postgres.settings.RetryProfile;
import dev.mooring.postgres.settings.StartupMode;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import java.time.Duration;

/** Where the description of a database comes from: from our settings, or from a pool that the application configured. Immutable. */
sealed interface Origin {
    /** The name of the dependency. */
    String name();

    ConnectionSource source(PostgresBuilder plan, Feedback feedback);

    /** The pool; {@code hint} runs when a connection broke, and must not block. */
    SupervisedDataSource pool(ConnectionSource source, Runnable hint);

    StatementLimits limits(PostgresBuilder plan, ConnectionSource source);

    /** Whether the application only reads, so that a server that refuses writes is well. */
    boolean isForReading();

    ProbeTiming timing();

    BreakerSettings breaker();

    /** The backoff of a wait for the database, and the limit of each of its attempts. */
    Backoff retry();

    Duration attemptLimit();

    StartupMode startupMode();

    /** Our settings. */
    record OfSettings(PostgresSettings settings) implements Origin {
        @Override
        public String name() {
            return settings.name();
        }

        @Override
        public ConnectionSource source(PostgresBuilder plan, Feedback feedback) {
            return ConnectionSource.of(
                    settings, plan.presentAddress(), plan.occupancy(), plan.isReadCommitted(), feedback);
        }

        @Override
        public SupervisedDataSource pool(ConnectionSource source, Runnable hint) {
            return Pools.of(settings, source, hint);
        }

        @Override
        public StatementLimits limits(PostgresBuilder plan, ConnectionSource source) {
            return new StatementLimits(
                    source,
                    settings.limits().statement(),
                    settings.limits().socket(),
                    plan.isReadCommitted() ? TransactionIsolation.READ_COMMITTED : TransactionIsolation.UNCHANGED);
        }

        @Override
        public boolean isForReading() {
            return false;
        }

        @Override
        public ProbeTiming timing() {
            return settings.timing();
        }

        @Override
        public BreakerSettings breaker() {
            return settings.breaker();
        }

        @Override
        public Backoff retry() {
            return settings.retry();
        }

        @Override
        public Duration attemptLimit() {
            return settings.limits().connect();
        }

        @Override
        public StartupMode startupMode() {
            return settings.startupMode();
        }
    }

    /** A pool that the application configured. */
    record OfPool(GivenPool given) implements Origin {
        @Override
        public String name() {
            return given.name();
        }

        @Override
        public ConnectionSource source(PostgresBuilder plan, Feedback feedback) {
            return ConnectionSource.of(given, feedback);
        }

        @Override
        public SupervisedDataSource pool(ConnectionSource source, Runnable hint) {
            return Pools.of(given.pool(), source, hint);
        }

        @Override
        public StatementLimits limits(PostgresBuilder plan, ConnectionSource source) {
            return StatementLimits.asGiven(source, given.socketLimit());
        }

        @Override
        public boolean isForReading() {
            return given.isForReading();
        }

        @Override
        public ProbeTiming timing() {
            return new ProbeTiming();
        }

        @Override
        public BreakerSettings breaker() {
            return new BreakerSettings();
        }

        @Override
        public Backoff retry() {
            return RetryProfile.REGISTRY.backoff();
        }

        @Override
        public Duration attemptLimit() {
            return given.connectLimit();
        }

        @Override
        public StartupMode startupMode() {
            return StartupMode.NONE;
        }
    }
}
