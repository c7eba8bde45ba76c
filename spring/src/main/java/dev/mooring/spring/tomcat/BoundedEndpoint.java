package dev.mooring.spring.tomcat;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's endpoint that starts no thread for a time-out which another thread is about to find by itself. Once a second Tomcat looks
 * for sockets whose time is over and starts a thread for each. Where a request waits for its body, that thread can only wait for
 * the one that serves the request, whose read has a timer of its own: many slow bodies would take the threads that are kept free
 * for health.
 */
final class BoundedEndpoint extends NioEndpoint {
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        boolean isServed = event == SocketEvent.ERROR && socket.getLock().isLocked();
        return isServed || super.processSocket(socket, event, dispatch);
    }
}
