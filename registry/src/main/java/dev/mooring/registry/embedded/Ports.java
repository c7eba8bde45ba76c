package dev.mooring.registry.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that nothing listens on, from 15000 to 31999: below the range that operating systems give to outgoing connections,
 * where any client could take a remembered port between two starts.
 */
final class Ports {
    private static final int LOWEST = 15_000;
    private static final int BEYOND_HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    static int choose() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedPostgresException("the embedded PostgreSQL needs a port; " + ATTEMPTS + " between " + LOWEST
                + " and " + (BEYOND_HIGHEST - 1) + " were tried and all are taken");
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // As PostgreSQL does: connections of an earlier run that linger do not make the port taken.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
