package dev.mooring.applications.webflux;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.Things;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JdbcThings.class, WebFluxApplication.ReactivePage.class})
public class WebFluxApplication {
    /** Threads of its own: those that Netty shares in a JVM end with the first application that ends. */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @RestController
    static final class ReactivePage {
        private final Things things;

        ReactivePage(Things things) {
            this.things = things;
        }

        @GetMapping("/things")
        Mono<List<String>> names() {
            return Mono.fromCallable(things::names).subscribeOn(Schedulers.boundedElastic());
        }

        @PostMapping("/things/{name}")
        Mono<String> add(@PathVariable String name) {
            return Mono.fromRunnable(() -> things.add(name))
                    .subscribeOn(Schedulers.boundedElastic())
                    .thenReturn("added");
        }

        @PostMapping("/things/{name}/fail")
        Mono<String> addThenFail(@PathVariable String name) {
            return Mono.fromRunnable(() -> things.addThenFail(name))
                    .subscribeOn(Schedulers.boundedElastic())
                    .thenReturn("added");
        }
    }
}
