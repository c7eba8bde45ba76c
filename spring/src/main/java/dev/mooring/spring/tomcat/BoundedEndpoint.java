package dev.mooring.spring.tomcat;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * An endpoint that ignores the timeout of a socket while a request thread works on it.
 *
 * <p>Once a second Tomcat looks for sockets whose timeout is over and starts a thread for each. If a request on the socket
 * waits for its body, the new thread can only wait until the request's thread is done, although the read of that thread has a
 * timeout of its own. Many slow bodies would so take all the threads that are kept free for health.
 */
final class BoundedEndpoint extends NioEndpoint {
    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        boolean isServed = event == SocketEvent.ERROR && socket.getLock().isLocked();
        return isServed || super.processSocket(socket, event, dispatch);
    }
}
