package dev.mooring.embedded.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void port_chosen_canBeListenedOn() throws IOException {
        int port = FreePort.choose();

        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(server.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void port_chosen_isBelowThoseOfOutgoingConnections() {
        assertThat(FreePort.choose()).isBetween(15_000, 31_999);
    }
}
