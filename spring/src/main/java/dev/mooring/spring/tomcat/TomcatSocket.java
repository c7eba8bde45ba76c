package dev.mooring.spring.tomcat;

import dev.mooring.spring.connection.ClientSocket;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A socket of Tomcat. Only ends the input or the output of the channel: Tomcat then finds the end of the stream and closes the
 * connection on a thread of its own. Tomcat's own {@code close} would take the buffers from a request thread that writes.
 */
final class TomcatSocket implements ClientSocket {
    private final SocketChannel channel;
    private final BoundedEndpoint endpoint;

    TomcatSocket(SocketChannel channel, BoundedEndpoint endpoint) {
        this.channel = channel;
        this.endpoint = endpoint;
    }

    /** Tomcat asks its poller for this event only while a thread waits for it. */
    @Override
    public boolean isFull() {
        return awaits(SelectionKey.OP_WRITE);
    }

    @Override
    public boolean isEmpty() {
        return awaits(SelectionKey.OP_READ);
    }

    private boolean awaits(int event) {
        NioSocketWrapper wrapper = wrapper();
        return wrapper != null && wrapper.interestOpsHas(event);
    }

    /** Tomcat keeps the processor at the connection while it is in no thread's hands. */
    @Override
    public boolean isUpgraded() {
        NioSocketWrapper wrapper = wrapper();
        Object processor = wrapper == null ? null : wrapper.getCurrentProcessor();
        return processor != null && !(processor instanceof BoundedProcessor);
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void endInput() {
        try {
            channel.shutdownInput();
        } catch (IOException closed) {
            // It has ended by itself.
        }
    }

    @Override
    public void reset() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.shutdownOutput();
            channel.shutdownInput();
        } catch (IOException closed) {
            // It has ended by itself.
        }
    }

    private @Nullable NioSocketWrapper wrapper() {
        return endpoint.wrapper(channel);
    }
}
