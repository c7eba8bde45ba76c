package dev.mooring.spring.tomcat;

import dev.mooring.settings.Settings;
import dev.mooring.spring.connection.ConnectionLimits;
import dev.mooring.spring.environment.OnSetting;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.FilterOrder;
import dev.mooring.spring.request.ManagementPaths;
import dev.mooring.spring.request.RequestThreads;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Limits connections and how long they let request threads wait: for a body, for a client that takes its answer, for a body that the
 * application did not read. On with {@code mooring.request.enabled=true}.
 */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Tomcat.class, TomcatServletWebServerFactory.class})
@ConditionalOnBooleanProperty("mooring.request.enabled")
public final class TomcatAutoConfiguration {
    /** How many virtual threads wait for unread bodies at a time; each waits for at most a second. */
    private static final int VIRTUAL_THREADS = 1_000;

    /** Tomcat closes idle connections itself; these limits are for those that send empty lines to stay. */
    private static final Duration BEYOND_TOMCATS = Duration.ofSeconds(1);

    /** After Boot's own, which read the properties of the server. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(
            Settings settings, Environment environment, ListableBeanFactory beans) {
        boolean virtual = Threading.VIRTUAL.isActive(environment);
        RequestThreads threads = RequestThreads.of(environment, beans);
        int waiting = virtual ? VIRTUAL_THREADS : threads.spare();
        OptionalInt places = virtual ? OptionalInt.empty() : OptionalInt.of(threads.places());
        return factory -> {
            factory.setProtocol(BoundedHttp11Protocol.class.getName());
            factory.addEngineValves(new RequestValve(), new UnreadBodyValve(waiting));
            factory.addConnectorCustomizers(connector -> limit(connector, settings, places));
            settings.find(ServiceSettings.MANAGEMENT_PORT).ifPresent(port -> {
                Connector management = ManagementPort.add(factory, port);
                factory.addConnectorCustomizers(
                        main -> limit(management, settings, OptionalInt.of(RequestThreads.OF_MANAGEMENT.places())));
            });
        };
    }

    /** Health, metrics and operations on a port of their own. */
    @Bean
    @Conditional(ManagementPortIsSet.class)
    FilterRegistrationBean<ManagementFilter> managementFilter(ObjectProvider<ManagementPaths> moved) {
        FilterRegistrationBean<ManagementFilter> registration = new FilterRegistrationBean<>(
                new ManagementFilter(moved.orderedStream().toList()));
        registration.setOrder(FilterOrder.MANAGEMENT.position());
        return registration;
    }

    static final class ManagementPortIsSet extends OnSetting {
        ManagementPortIsSet() {
            super(ServiceSettings.MANAGEMENT_PORT);
        }
    }

    private static void limit(Connector connector, Settings settings, OptionalInt places) {
        if (connector.getProtocolHandler() instanceof BoundedHttp11Protocol protocol) {
            int most = protocol.getMaxConnections();
            protocol.limit(new ConnectionLimits(
                    most < 0 ? Integer.MAX_VALUE : most,
                    settings.find(ServiceSettings.MAX_CONNECTIONS_PER_CLIENT)
                            .map(OptionalInt::of)
                            .orElseGet(OptionalInt::empty),
                    places,
                    settings.get(ServiceSettings.REQUEST_TIMEOUT).multipliedBy(2),
                    idle(protocol.getKeepAliveTimeout()).plus(BEYOND_TOMCATS),
                    settings.get(ServiceSettings.REQUEST_TIMEOUT)));
        }
    }

    /** A negative time means no limit. */
    private static Duration idle(int millis) {
        return millis < 0 ? ConnectionLimits.NONE.idle() : Duration.ofMillis(millis);
    }
}
