package dev.mooring.registry.api;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.spring.request.ManagementPaths;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/** The page at {@code /} and the description. A generator writes the description (see CONTRIBUTING), so the start does not. */
@Configuration(proxyBeanMethods = false)
public class FrontConfiguration {
    /** They hold no data, and a client needs the description before it has a key. */
    @Bean
    EndpointScopes scopesOfFront() {
        return EndpointScopes.open().at("/", "/openapi.json");
    }

    @Bean
    ManagementPaths descriptionOnManagementPort() {
        return path -> path.equals("/openapi.json");
    }

    @Bean
    FrontController frontController() {
        return new FrontController(resource("openapi.json"), resource("front.html"));
    }

    private static byte[] resource(String name) {
        try {
            return new ClassPathResource(name).getContentAsByteArray();
        } catch (IOException missing) {
            throw new IllegalStateException("the build left " + name + " out of the jar", missing);
        }
    }
}
