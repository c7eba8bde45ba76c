package dev.mooring.spring.tomcat;

import dev.mooring.spring.connection.ConnectionLimits;
import java.net.BindException;
import java.nio.channels.SocketChannel;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/1.1 with limits for its connections and for the waits of their requests. Tomcat instantiates it by its class name. */
public final class BoundedHttp11Protocol extends Http11NioProtocol {
    private final BoundedEndpoint endpoint;

    /** Whether this is the management port. Set before the protocol starts. */
    private boolean management;

    /** Called by Tomcat. */
    public BoundedHttp11Protocol() {
        this(new BoundedEndpoint());
    }

    private BoundedHttp11Protocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        Released handler = new Released(this);
        setHandler(handler);
        endpoint.setHandler(handler);
        // A client that asks first learns from the answer, not from its body, that it may not send it.
        setContinueResponseTiming("onRead");
    }

    /** Limits the connections; called before the protocol starts. */
    void limit(ConnectionLimits limits) {
        endpoint.limit(limits);
    }

    /** Makes this the protocol of the management port; called before it starts. */
    void beForManagement() {
        management = true;
    }

    @Override
    public void start() throws Exception {
        try {
            super.start();
        } catch (BindException taken) {
            throw management ? ManagementPort.taken(getPort(), taken) : taken;
        }
    }

    @Override
    protected Processor createProcessor() {
        return new BoundedProcessor(this, getAdapter(), endpoint, management);
    }

    /** Tomcat's handler, which tells the endpoint when a connection closes. */
    private static final class Released extends ConnectionHandler<NioChannel> {
        private final BoundedEndpoint endpoint;

        Released(BoundedHttp11Protocol protocol) {
            super(protocol);
            this.endpoint = protocol.endpoint;
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            SocketChannel channel = socket.getSocket().getIOChannel();
            if (channel != null) {
                endpoint.forget(channel);
            }
            super.release(socket);
        }
    }
}
