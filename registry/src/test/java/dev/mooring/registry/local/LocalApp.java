package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowConfiguration;
import dev.mooring.registry.models.ModelsConfiguration;
import dev.mooring.registry.models.RegistryKit;
import dev.mooring.registry.models.WithoutEvents;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The calls of models and of MLflow, on a database of their own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ModelsConfiguration.class, MlflowConfiguration.class, LocalMlflowConfiguration.class, WithoutEvents.class})
class LocalApp {
    @Bean(destroyMethod = "close")
    RegistryKit kit() {
        return RegistryKit.create(8);
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(RegistryKit kit) {
        return kit.pool;
    }
}
