package dev.mooring.spring.outbox;

import dev.mooring.Dependency;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Delivery;
import dev.mooring.messages.GuardedDelivery;
import dev.mooring.messages.RelayPlan;
import dev.mooring.retry.Backoff;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** The application of docs/how-to/outbox.md. {@link OutboxTest} runs it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import(Orders.class)
class OrdersApplication {
    // tag::delivery
    @Bean
    Dependency billingService() {
        return Dependency.named("billing")
                .optional()
                .failures(OrdersApplication::kindOf)
                .build();
    }

    @Bean
    Delivery billing(Dependency billingService, @Value("${billing.url}") String url) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        requests.setReadTimeout(Duration.ofSeconds(10)); // without it a delivery waits for ever for a server that hangs
        RestClient client =
                RestClient.builder().baseUrl(url).requestFactory(requests).build();
        return GuardedDelivery.of(billingService, message -> client.post()
                .uri("/orders")
                .header("Idempotency-Key", message.id().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(message.payload())
                .retrieve()
                .toBodilessEntity());
    }

    /** A 4xx is the mistake of its message, and says nothing against the service. */
    private static Optional<FailureKind> kindOf(Throwable failure) {
        return failure instanceof HttpClientErrorException
                ? Optional.empty()
                : FailureClassifier.jdk().classify(failure);
    }
    // end::delivery

    // tag::plan
    @Bean
    RelayPlan billingPlan() {
        return RelayPlan.to("billing")
                .attempts(3)
                .backoff(Backoff.exponential(Duration.ofMillis(200)).cap(Duration.ofMinutes(1)));
    }
    // end::plan
}
