package dev.mooring.testing.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    @AutoClose
    private final EchoServer server = new EchoServer();

    @AutoClose
    private FaultProxy proxy;

    FaultProxyTest() throws IOException {}

    @BeforeEach
    void startProxy() {
        proxy = FaultProxy.to("127.0.0.1", server.port());
    }

    @Test
    void proxy_healthy_carriesBothDirections() throws IOException {
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("ping")).isEqualTo("ping");
            assertThat(client.ask("pong")).isEqualTo("pong");
        }
    }

    @Test
    void client_endingItsStream_stillGetsTheRestOfTheAnswer() throws IOException {
        try (Client client = new Client(proxy)) {
            client.send("last words");

            assertThat(client.endAndReadRest()).isEqualTo("last words");
        }
    }

    @Test
    void proxy_carryingMegabytes_losesNothing() throws IOException {
        String text = "0123456789abcdef".repeat(1 << 16);
        try (Client client = new Client(proxy)) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(text);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            sender.start();

            assertThat(client.read(text.length())).isEqualTo(text);
        }
    }

    @Test
    void proxy_countsConnectionsAndBytes() throws IOException {
        try (Client first = new Client(proxy);
                Client second = new Client(proxy)) {
            first.ask("four");
            second.ask("four");

            assertThat(proxy.opened()).isEqualTo(2);
            assertThat(proxy.openNow()).isEqualTo(2);
            assertThat(proxy.passed(Direction.CLIENT_TO_SERVER)).isEqualTo(8);
            assertThat(proxy.passed(Direction.SERVER_TO_CLIENT)).isEqualTo(8);
        }
        await().untilAsserted(() -> assertThat(proxy.openNow()).isZero());
        assertThat(proxy.opened()).isEqualTo(2);
    }

    @Test
    void resetAll_endsEveryConnectionWithAReset() throws IOException {
        try (Client first = new Client(proxy);
                Client second = new Client(proxy)) {
            first.ask("hello");
            second.ask("hello");

            assertThat(proxy.resetAll()).isEqualTo(2);

            for (Client client : List.of(first, second)) {
                assertThatExceptionOfType(SocketException.class)
                        .isThrownBy(() -> client.read(1))
                        .withMessageContaining("reset");
            }
        }
    }

    @Test
    void resetOldest_endsOneConnectionAndLeavesTheOther() throws IOException {
        try (Client older = new Client(proxy)) {
            older.ask("hello");
            try (Client younger = new Client(proxy)) {
                younger.ask("hello");

                assertThat(proxy.resetOldest()).isTrue();

                assertThatExceptionOfType(SocketException.class).isThrownBy(() -> older.read(1));
                assertThat(younger.ask("still here")).isEqualTo("still here");
            }
        }
    }

    @Test
    void redirect_sendsNewConnectionsToTheOtherServer() throws IOException {
        try (EchoServer other = new EchoServer();
                Client before = new Client(proxy)) {
            before.ask("hello");

            proxy.redirectTo("127.0.0.1", other.port());

            try (Client after = new Client(proxy)) {
                assertThat(after.ask("new address")).isEqualTo("new address");
            }
            assertThat(other.accepted()).isEqualTo(1);
            assertThat(before.ask("old address")).isEqualTo("old address");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void server_notListening_resetsTheClient() {
        proxy.redirectTo("127.0.0.1", FreePort.choose());

        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            try (Client client = new Client(proxy)) {
                client.ask("anybody?");
            }
        });
    }

    @Test
    void port_alreadyTaken_isTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(java.io.UncheckedIOException.class)
                    .isThrownBy(() -> FaultProxy.to("127.0.0.1", server.port(), taken.getLocalPort()))
                    .withMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void close_underEveryFault_endsAllThreadsAndConnections() throws IOException {
        List<Fault> faults = List.of(
                Fault.refuse(),
                Fault.blackHole(),
                Fault.silence(),
                Fault.stall(Direction.CLIENT_TO_SERVER),
                Fault.latency(java.time.Duration.ofHours(1)),
                Fault.trickle(1));
        for (Fault fault : faults) {
            FaultProxy victim = FaultProxy.to("127.0.0.1", server.port());
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Client client = new Client(victim);
                client.ask("hello");
                clients.add(client);
            }
            victim.inject(fault);
            if (fault instanceof Behaviour.Trickle || fault instanceof Behaviour.Latency) {
                clients.get(0).send("a long text on its way");
            }

            victim.close();

            assertThat(threadsOf(victim)).as("threads after %s", fault).isEmpty();
            assertThat(victim.openNow()).isZero();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Client(victim));
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void fault_injectedAfterClose_isRefused() {
        proxy.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> proxy.inject(Fault.refuse()))
                .withMessageContaining("closed");
    }

    private static List<String> threadsOf(FaultProxy proxy) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mooring-proxy-" + proxy.port() + "-"))
                .toList();
    }
}
