package dev.mooring.registry.api;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.spring.request.ManagementPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * The page at {@code /}, the description and the explanations of errors. A generator writes the description (see CONTRIBUTING), so the start
 * does not.
 */
@Configuration(proxyBeanMethods = false)
public class FrontConfiguration {
    /** They hold no data, and a client needs the description before it has a key. */
    @Bean
    EndpointScopes scopesOfFront() {
        return EndpointScopes.open().at("/", "/openapi.json").below(ErrorPages.ROOT);
    }

    @Bean
    ManagementPaths descriptionOnManagementPort() {
        return new ManagementPaths() {
            @Override
            public boolean includes(String path) {
                return path.equals("/openapi.json");
            }

            @Override
            public boolean isOnBoth(String path) {
                return path.equals(ErrorPages.ROOT) || path.startsWith(ErrorPages.ROOT + "/");
            }
        };
    }

    @Bean
    ErrorPages errorPages() {
        return new ErrorPages(new String(resource("errors.md"), StandardCharsets.UTF_8));
    }

    @Bean
    ExplanationController explanationController(ErrorPages pages) {
        return new ExplanationController(pages);
    }

    @Bean
    FrontController frontController() {
        return new FrontController(resource("openapi.json"), resource("front.html"));
    }

    @Bean
    UnknownPaths unknownPaths() {
        return new UnknownPaths();
    }

    private static byte[] resource(String name) {
        try {
            return new ClassPathResource(name).getContentAsByteArray();
        } catch (IOException missing) {
            throw new IllegalStateException("the build left " + name + " out of the jar", missing);
        }
    }
}
