package dev.mooring.registry.registrations;

import dev.mooring.http.HttpBackend;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.MessageSettings;
import dev.mooring.messages.Relay;
import dev.mooring.messages.RelayPlan;
import dev.mooring.operations.audit.Audit;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.registry.backend.BehindMlflow;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.models.Registrations;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.MissedChanges;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registry of the MLflow server behind the service. */
@Configuration(proxyBeanMethods = false)
@BehindMlflow
public class RegistrationsConfiguration {
    /** Fewer than MLflow's connections, so that calls of clients always find some. */
    private static final int MOST_DELIVERIES = 16;

    /** A call that MLflow still carries out has ended after so many times its limit. */
    private static final int LATE = 2;

    @Bean
    MlflowCalls mlflowCalls(HttpBackend mlflow) {
        return new MlflowCalls(mlflow);
    }

    @Bean
    Outcomes registrationOutcomes(Settings settings, ModelEvents events) {
        return new Outcomes(new Mirrored(), events, settings.get(MlflowSettings.SECOND_LOOK), Time.system());
    }

    @Bean(destroyMethod = "close")
    Relay registrationRelay(
            Settings settings,
            HttpBackend mlflow,
            MlflowCalls calls,
            Outcomes outcomes,
            DataSource database,
            ControlConnection control) {
        RelayPlan plan = plan(MlflowRegistry.DESTINATION, settings)
                .places(Math.max(1, Math.min(MOST_DELIVERIES, mlflow.settings().connections() / 2)))
                .attempts(settings.get(MessageSettings.MAX_ATTEMPTS));
        RegistrationDelivery delivery =
                new RegistrationDelivery(calls, mlflow.dependency(), outcomes, margin(settings), Time.system());
        return Relay.start(plan, Delivery.each(delivery), database, Time.system(), mlflow.dependency()::publish)
                .hearing(control);
    }

    @Bean(destroyMethod = "close")
    Relay secondLooks(
            Settings settings,
            HttpBackend mlflow,
            MlflowCalls calls,
            Outcomes outcomes,
            Transactions transactions,
            DataSource database,
            JdbcClient client,
            Audit audit) {
        Duration pause = settings.get(MlflowSettings.SECOND_LOOK).multipliedBy(SecondLook.LATER);
        SecondLook look = new SecondLook(
                calls,
                mlflow.dependency(),
                outcomes,
                new Removals(transactions, client, audit),
                pause,
                margin(settings),
                Time.system());
        return Relay.start(
                plan(SecondLook.DESTINATION, settings).places(1),
                Delivery.each(look),
                database,
                Time.system(),
                mlflow.dependency()::publish);
    }

    /** A message is free for another process only when every call that this one may have begun has ended. */
    private static RelayPlan plan(String destination, Settings settings) {
        return RelayPlan.to(destination).lease(Leases.lease(settings.get(MlflowSettings.BACKEND.timeout())));
    }

    private static Duration margin(Settings settings) {
        return Leases.margin(settings.get(MlflowSettings.BACKEND.timeout()));
    }

    @Bean
    MlflowRegistry mlflowRegistry(
            HttpBackend mlflow,
            Transactions transactions,
            JdbcClient database,
            DataSource pool,
            Relay registrationRelay,
            MlflowCalls calls,
            RegistryReads mirroredReads,
            ModelEvents events,
            MissedChanges missed) {
        return new MlflowRegistry(
                new Registrations(Origin.MLFLOW, transactions, database),
                registrationRelay,
                new JdbcTemplate(pool),
                new MlflowChanges(
                        calls,
                        transactions,
                        database,
                        events,
                        missed,
                        mlflow.settings().limits().response().multipliedBy(LATE)),
                mirroredReads,
                () -> RegistrationDelivery.isReady(mlflow.dependency()));
    }
}
