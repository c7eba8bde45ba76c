package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.RequestThreads;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Limits the time of reading a body as a whole, and of waiting for a body that the application did not read. On with {@code
 * mooring.request.enabled=true}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Tomcat.class, TomcatServletWebServerFactory.class})
@ConditionalOnBooleanProperty("mooring.request.enabled")
public final class TomcatAutoConfiguration {
    /** How many virtual threads wait for unread bodies at a time; each waits for at most a second. */
    private static final int VIRTUAL_THREADS = 1_000;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedReads(
            Environment environment, ListableBeanFactory beans) {
        int waiting = Threading.VIRTUAL.isActive(environment)
                ? VIRTUAL_THREADS
                : RequestThreads.of(environment, beans).spare();
        return factory -> {
            factory.setProtocol(BoundedHttp11Protocol.class.getName());
            factory.addEngineValves(new ReadLimitValve(), new UnreadBodyValve(waiting));
        };
    }
}
