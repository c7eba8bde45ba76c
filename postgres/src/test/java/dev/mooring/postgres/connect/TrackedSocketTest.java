package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.postgres.settings.KeepAlive;
import dev.mooring.testing.proxy.Fault;
import dev.mooring.testing.proxy.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrackedSocketTest {
    private final Sockets sockets = new Sockets();
    private final List<String> told = new ArrayList<>();

    private Socket socket(Duration connectTimeout) {
        OpenRequest request = new OpenRequest(
                Purpose.POOL,
                connectTimeout,
                Duration.ofSeconds(1),
                made -> told.add("made"),
                () -> told.add("connected"),
                attempt -> {});
        KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(700), Duration.ofSeconds(40), 4);
        return SupervisedSocketFactory.with(
                new SocketPlan(request, keepAlive, sockets, false, new Addresses(List::of)),
                () -> new SupervisedSocketFactory().createSocket());
    }

    @Test
    void socket_connected_hasTheKeepAliveOfTheSettings() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = socket(Duration.ofSeconds(1))) {
            socket.connect(server.getLocalSocketAddress(), 0);

            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(700);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(40);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
            assertThat(told).containsExactly("made", "connected");
        }
    }

    @Test
    void connect_intoABlackHole_endsAfterItsLimitToTheMillisecond() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultProxy proxy = FaultProxy.to("127.0.0.1", server.getLocalPort());
                Socket socket = socket(Duration.ofMillis(300))) {
            proxy.inject(Fault.blackHole());
            long begun = System.nanoTime();

            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), 60_000))
                    .isInstanceOf(SocketTimeoutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(290), Duration.ofMillis(900));
        }
    }

    @Test
    void sockets_ofOnePurpose_areClosedAndOthersLeft() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = socket(Duration.ofSeconds(1))) {
            socket.connect(server.getLocalSocketAddress(), 0);
            sockets.close(Purpose.START_TASK);
            assertThat(socket.isClosed()).isFalse();

            sockets.close(Purpose.POOL);

            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void socketMade_afterTheEnd_isClosedAtOnce() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = socket(Duration.ofSeconds(1))) {
            sockets.closeAll();

            assertThatThrownBy(() -> socket.connect(server.getLocalSocketAddress(), 0))
                    .isInstanceOf(IOException.class);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void factory_outsideALogIn_refuses() {
        assertThatThrownBy(SupervisedSocketFactory::new)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only a ConnectionSource");
    }
}
