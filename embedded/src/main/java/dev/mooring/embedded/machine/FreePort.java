package dev.mooring.embedded.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses a loopback port that nothing listens on, for a server that starts later or on the same port again. Thread-safe.
 *
 * <p>Ports come from 15000 to 31999, below the range that operating systems give to outgoing connections. Any client could take a port
 * from that range before the server starts, and a client that keeps dialling it could even connect to itself.
 */
public final class FreePort {
    private static final int LOWEST = 15_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /**
     * A port that was free a moment ago.
     *
     * @throws IllegalStateException if 200 ports in a row were taken
     */
    public static int choose() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + (BEYOND_HIGHEST - 1) + " in "
                + ATTEMPTS + " attempts; are there servers left over from an earlier run?");
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // As servers do: lingering connections of an earlier run do not block the port.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
