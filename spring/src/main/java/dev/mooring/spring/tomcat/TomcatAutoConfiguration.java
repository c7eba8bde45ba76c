package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.RequestThreads;
import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Limits the time of reading a body as a whole, and of waiting for a body that the application did not read. Off with {@code
 * mooring.request.enabled=false}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Tomcat.class, TomcatServletWebServerFactory.class})
@ConditionalOnBooleanProperty(name = "mooring.request.enabled", matchIfMissing = true)
public final class TomcatAutoConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedReads(Environment environment) {
        return factory -> {
            factory.setProtocol(BoundedHttp11Protocol.class.getName());
            factory.addEngineValves(new ReadLimitValve(), new UnreadBodyValve(RequestThreads.of(environment)));
        };
    }
}
