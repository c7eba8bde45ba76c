package dev.mooring.registry.gateway;

import dev.mooring.http.HttpBackend;
import dev.mooring.registry.backend.BehindMlflow;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.mlflow.MlflowPath;
import dev.mooring.registry.registrations.TaggedVersions;
import dev.mooring.settings.Settings;
import dev.mooring.spring.request.OwnLimits;
import dev.mooring.time.Time;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** MLflow's paths with an MLflow server behind the service. */
@Configuration(proxyBeanMethods = false)
@BehindMlflow
public class GatewayConfiguration {
    @Bean
    OwnLimits limitsOfGateway(Settings settings) {
        return new GatewayLimits(settings.get(MlflowSettings.BACKEND.timeout()));
    }

    @Bean(destroyMethod = "close")
    AnswersOfCreates answersOfCreates(JdbcClient database) {
        return new AnswersOfCreates(new CreateMemory(database), Time.system()).started();
    }

    @Bean
    Gateway gateway(
            HttpBackend mlflow,
            JdbcClient database,
            AnswersOfCreates answers,
            ObjectProvider<RegistryObserver> observers) {
        Outgoing outgoing = new Outgoing(new SafeLocation(mlflow.settings().address()));
        Observers all = new Observers(observers.orderedStream().toList());
        Creates creates = new Creates(mlflow, new TaggedVersions(mlflow), new CreateMemory(database), Time.system());
        return new Gateway(
                new ReadCalls(mlflow, outgoing, all),
                new WriteCalls(mlflow, outgoing, all, creates, answers),
                new Artifacts(mlflow, outgoing),
                new PlainCalls(mlflow, outgoing));
    }

    @Bean
    SimpleUrlHandlerMapping pathsOfGateway(Gateway gateway) {
        Map<String, Gateway> paths =
                MlflowPath.ROOTS.stream().collect(Collectors.toMap(root -> root + "/**", root -> gateway));
        return new SimpleUrlHandlerMapping(paths, Ordered.HIGHEST_PRECEDENCE);
    }
}
