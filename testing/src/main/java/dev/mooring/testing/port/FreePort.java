package dev.mooring.testing.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses a loopback port that nothing listens on, for a server that starts later or on the same port again.
 *
 * <p>Ports come from 15000 to 31999, below the range that operating systems give to outgoing connections. A port from that range
 * could be taken by any client before the server starts, and a client that keeps dialling it could even connect to itself.
 */
public final class FreePort {
    private static final int LOWEST = 15_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /**
     * A port that was free a moment ago. Thread-safe.
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

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
