package dev.mooring.spring.example;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A security chain of the application, and its own handlers for two of the health paths. */
@Configuration(proxyBeanMethods = false)
@Import(OwnChain.OwnReadiness.class)
class OwnChain {
    // tag::security
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(calls -> calls.requestMatchers("/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }
    // end::security

    @Bean
    RouterFunction<ServerResponse> ownLiveness() {
        return RouterFunctions.route()
                .nest(
                        request -> true,
                        nested -> nested.GET(
                                "/livez", request -> ServerResponse.ok().body("routed")))
                .build();
    }

    @RestController
    static class OwnReadiness {
        @GetMapping("/health/ready")
        String ready() {
            return "mine";
        }
    }
}
