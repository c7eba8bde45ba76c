package dev.mooring.spring.tomcat;

import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.request.RequestThreads;
import java.net.BindException;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * The management port: a connector beside that of the service, with a thread pool and connections of its own, so that what happens on
 * the port of the service does not reach it.
 */
final class ManagementPort {
    private static final int MOST_CONNECTIONS = 256;

    private ManagementPort() {}

    /**
     * Adds the connector. It gets address, time limits and limits of heads from that of the service.
     *
     * @throws StartFailedException the service has the same port, or uses TLS, which this connector would lack
     */
    static Connector add(TomcatServletWebServerFactory factory, int port) {
        if (factory.getPort() == port) {
            throw refused(is(port) + ", as " + ServiceSettings.PORT + "; set another port");
        }
        if (factory.getSsl() != null && factory.getSsl().isEnabled()) {
            throw refused(
                    is(port)
                            + ", but the service uses TLS (server.ssl.*), which its management port cannot; set only one of them");
        }
        BoundedHttp11Protocol protocol = new BoundedHttp11Protocol();
        protocol.beForManagement();
        Connector connector = new Connector(protocol);
        connector.setThrowOnFailure(true);
        connector.setPort(port);
        factory.addAdditionalConnectors(connector);
        factory.addConnectorCustomizers(main -> configure(connector, protocol, main));
        return connector;
    }

    private static String is(int port) {
        return ServiceSettings.MANAGEMENT_PORT + " is \"" + port + "\"";
    }

    private static StartFailedException refused(String line) {
        return new StartFailedException(
                List.of(line), ExitCode.MISCONFIGURED, new IllegalArgumentException("no usable management port"));
    }

    private static void configure(Connector connector, BoundedHttp11Protocol protocol, Connector main) {
        connector.setURIEncoding(main.getURIEncoding());
        connector.setMaxPostSize(main.getMaxPostSize());
        connector.setMaxParameterCount(main.getMaxParameterCount());
        connector.setXpoweredBy(main.getXpoweredBy());
        protocol.setMaxThreads(RequestThreads.OF_MANAGEMENT.all());
        protocol.setMinSpareThreads(1);
        protocol.setMaxConnections(MOST_CONNECTIONS);
        if (main.getProtocolHandler() instanceof BoundedHttp11Protocol model) {
            protocol.setAddress(model.getAddress());
            protocol.setConnectionTimeout(model.getConnectionTimeout());
            protocol.setKeepAliveTimeout(model.getKeepAliveTimeout());
            protocol.setMaxKeepAliveRequests(model.getMaxKeepAliveRequests());
            protocol.setMaxHttpRequestHeaderSize(model.getMaxHttpRequestHeaderSize());
            protocol.setMaxHttpResponseHeaderSize(model.getMaxHttpResponseHeaderSize());
            protocol.setMaxSwallowSize(model.getMaxSwallowSize());
        }
    }

    /** Why the start failed, for the person at the terminal. */
    static StartFailedException taken(int port, BindException cause) {
        return new StartFailedException(
                List.of(is(port) + ", which another process listens on; stop that one or set another port"),
                ExitCode.FAILED,
                cause);
    }
}
