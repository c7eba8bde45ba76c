package dev.mooring.registry.mirror;

import dev.mooring.breaker.BreakerState;
import dev.mooring.http.HttpBackend;
import dev.mooring.registry.backend.BehindMlflow;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.gateway.RegistryObserver;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.PlannedAnew;
import dev.mooring.registry.store.Transactions;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mirror of the MLflow server behind the service. It needs a database with the tables of the registry. */
@Configuration(proxyBeanMethods = false)
@BehindMlflow
public class MirrorConfiguration {
    /** A client's read has time left for the mirror after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A call that MLflow still carries out has ended after so many times its limit. */
    private static final int LATE = 2;
    /** The states of the breaker in which no read asks MLflow. */
    private static final Set<BreakerState> AWAY = EnumSet.of(BreakerState.OPEN, BreakerState.FORCED_OPEN);

    @Bean
    Mirror registryMirror(Transactions transactions, JdbcClient database) {
        return new Mirror(transactions, database);
    }

    @Bean
    MissedChanges missedChanges() {
        return new MissedChanges();
    }

    @Bean(destroyMethod = "close")
    MirrorLoop mirrorLoop(
            Settings settings,
            HttpBackend mlflow,
            Mirror mirror,
            Transactions transactions,
            JdbcClient database,
            MissedChanges missed,
            MeterRegistry meters) {
        MirrorPlan plan = MirrorPlan.every(settings.get(MlflowSettings.SYNC_INTERVAL));
        MirrorLoop loop = new MirrorLoop(mlflow, mirror, transactions, database, missed, plan, Time.system());
        Gauge.builder("mooring.mirror.age", loop, present -> present.age().toMillis() / 1e3)
                .description(
                        "Time since the beginning of the last complete comparison of the mirror with MLflow's registry.")
                .baseUnit("seconds")
                .register(meters);
        return loop.start();
    }

    @Bean(destroyMethod = "close")
    PassingReads passingReads(Mirror mirror, Transactions transactions, JdbcClient database) {
        return new PassingReads(mirror, transactions, database).start();
    }

    @Bean
    RegistryObserver mirrorObserver(
            Settings settings,
            Mirror mirror,
            PassingReads reads,
            Transactions transactions,
            JdbcClient database,
            DataSource pool,
            ModelEvents events,
            MissedChanges missed) {
        return new MirrorObserver(
                new PassingWrites(transactions, database, events, missed),
                reads,
                new OutageAnswers(transactions, database, PlannedAnew.on(pool)),
                mirror,
                new Workspaces(transactions, database),
                settings.get(MlflowSettings.BACKEND.timeout()).multipliedBy(LATE));
    }

    @Bean
    RegistryReads mirroredReads(HttpBackend mlflow, Transactions transactions, JdbcClient database) {
        return reads(mlflow, transactions, database);
    }

    /** The reads of the registry of that MLflow server, with the mirror in that database. */
    public static RegistryReads reads(HttpBackend mlflow, Transactions transactions, JdbcClient database) {
        MlflowReader reader = new MlflowReader(mlflow, PATIENCE, took -> {});
        return new MirroredReads(
                reader,
                new Mirror(transactions, database),
                transactions,
                database,
                () -> AWAY.contains(mlflow.dependency().breaker().view().state()));
    }
}
