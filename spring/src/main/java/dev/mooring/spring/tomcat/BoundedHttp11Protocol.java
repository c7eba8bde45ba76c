package dev.mooring.spring.tomcat;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1 with processors that limit their reads. Tomcat instantiates it by its class name. */
public final class BoundedHttp11Protocol extends Http11NioProtocol {
    private final WatchedConnections connections = new WatchedConnections();

    /** Called by Tomcat. */
    public BoundedHttp11Protocol() {
        super(new BoundedEndpoint());
    }

    @Override
    protected Processor createProcessor() {
        return new BoundedProcessor(this, getAdapter(), connections);
    }
}
