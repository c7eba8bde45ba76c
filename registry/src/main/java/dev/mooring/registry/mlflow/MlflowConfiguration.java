package dev.mooring.registry.mlflow;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;
import dev.mooring.spring.problem.ErrorForm;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all calls below the paths of MLflow have in common, whatever serves them: the scopes and the form of errors. */
@Configuration(proxyBeanMethods = false)
public class MlflowConfiguration {
    @Bean
    EndpointScopes scopesOfMlflow() {
        return EndpointScopes.of(new Scope("models:read"), new Scope("models:write"))
                .below(MlflowPath.ROOTS.toArray(String[]::new))
                .readingWhere((method, path) -> MlflowCall.of(method, path)
                        .filter(call -> call.effect() == Effect.READ)
                        .isPresent());
    }

    @Bean
    ErrorForm mlflowErrorForm() {
        return new MlflowErrorForm();
    }
}
