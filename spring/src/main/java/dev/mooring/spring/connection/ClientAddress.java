package dev.mooring.spring.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The address by which the server tells clients apart. A client with IPv6 usually has a network of 64 bits to itself, so that the network
 * counts as its address.
 *
 * @param six whether it is IPv6
 * @param bits the network, or the whole address if it is IPv4
 */
public record ClientAddress(boolean six, long bits) {
    private static final ClientAddress NONE = new ClientAddress(false, 0);

    /** The address of a socket; all sockets without one, such as those of a file, share one. */
    public static ClientAddress of(@Nullable SocketAddress socket) {
        return socket instanceof InetSocketAddress known && known.getAddress() != null ? of(known.getAddress()) : NONE;
    }

    private static ClientAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new ClientAddress(true, bytes.getLong())
                : new ClientAddress(false, Integer.toUnsignedLong(bytes.getInt()));
    }
}
