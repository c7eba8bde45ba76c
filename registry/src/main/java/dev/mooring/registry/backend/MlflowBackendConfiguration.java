package dev.mooring.registry.backend;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The MLflow server behind the service, as a supervised optional dependency. */
@Configuration(proxyBeanMethods = false)
@BehindMlflow
public class MlflowBackendConfiguration {
    @Bean(destroyMethod = "close")
    HttpBackend mlflow(Settings settings) {
        return backend(MlflowSettings.BACKEND.read(settings).orElseThrow());
    }

    /** The bean by which supervision finds it. */
    @Bean
    Dependency mlflowDependency(HttpBackend mlflow) {
        return mlflow.dependency();
    }

    /** The supervised MLflow server that {@code settings} describe. */
    public static HttpBackend backend(HttpSettings settings) {
        return HttpBackend.with(settings)
                .probe(MlflowProbe.ofTheRegistry())
                .dependency(DependencyBuilder::optional)
                .build();
    }
}
