package dev.mooring.spring.tomcat;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's protocol with processors whose reads can be bounded. Tomcat makes it by the name of its class. */
public final class BoundedHttp11Protocol extends Http11NioProtocol {
    /** For Tomcat. */
    public BoundedHttp11Protocol() {
        super(new BoundedEndpoint());
    }

    @Override
    protected Processor createProcessor() {
        return new BoundedProcessor(this, getAdapter());
    }
}
