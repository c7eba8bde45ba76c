package dev.mooring.testing.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a client sees of each fault: on a connection that it has, on a new one, and after the heal. */
class FaultTest {
    @AutoClose
    private final EchoServer server = new EchoServer();

    @AutoClose
    private FaultProxy proxy;

    @AutoClose
    private Client existing;

    FaultTest() throws IOException {}

    @BeforeEach
    void connect() throws IOException {
        proxy = FaultProxy.to("127.0.0.1", server.port());
        existing = new Client(proxy);
        existing.ask("hello");
    }

    @Test
    void refuse_refusesNewConnectionsAndResetsExistingOnes() throws IOException {
        proxy.inject(Fault.refuse());

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Client(proxy));
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> existing.read(1))
                .withMessageContaining("reset");

        proxy.heal();
        assertNewConnectionWorks();
    }

    @Test
    void refuse_forNewConnectionsOnly_leavesExistingOnesAlone() throws IOException {
        proxy.inject(Fault.refuse(), Affected.NEW);

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Client(proxy));
        assertThat(existing.ask("still here")).isEqualTo("still here");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void blackHole_letsNewConnectionsRunIntoTheirConnectTimeout() {
        proxy.inject(Fault.blackHole());

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> new Client(proxy, Client.SHORT))
                    .withMessageContaining("onnect timed out");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void blackHole_healed_takesNewConnectionsAtOnceAndDeliversWhatWasHeld() throws IOException {
        proxy.inject(Fault.blackHole());
        existing.send("held");
        assertThat(existing.hearsNothing()).isTrue();

        proxy.heal();

        assertThat(existing.read(4)).isEqualTo("held");
        assertNewConnectionWorks();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void blackHole_injectedHealedAndInjectedAgain_dropsEachTime() throws IOException {
        for (int round = 0; round < 3; round++) {
            proxy.inject(Fault.blackHole());
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> new Client(proxy, Client.SHORT));
            proxy.heal();
            assertNewConnectionWorks();
        }
        assertThat(proxy.opened())
                .as("the proxy's own connections are not counted")
                .isEqualTo(4);
    }

    @Test
    void silence_completesNewConnectionsAndNeverAnswersUntilHealed() throws IOException {
        proxy.inject(Fault.silence());
        try (Client fresh = new Client(proxy)) {
            fresh.send("anybody?");
            assertThat(fresh.hearsNothing()).isTrue();
            existing.send("you?");
            assertThat(existing.hearsNothing()).isTrue();

            proxy.heal();

            assertThat(fresh.read(8)).isEqualTo("anybody?");
            assertThat(existing.read(4)).isEqualTo("you?");
        }
    }

    @Test
    void silence_forExistingConnectionsOnly_letsNewOnesWork() throws IOException {
        proxy.inject(Fault.silence(), Affected.EXISTING);

        existing.send("you?");
        assertThat(existing.hearsNothing()).isTrue();
        assertNewConnectionWorks();
    }

    @Test
    void stall_fromServerToClient_letsTheRequestThroughAndHoldsTheAnswer() throws IOException {
        long before = proxy.passed(Direction.CLIENT_TO_SERVER);
        proxy.inject(Fault.stall(Direction.SERVER_TO_CLIENT));

        existing.send("four");
        assertThat(existing.hearsNothing()).isTrue();

        assertThat(proxy.passed(Direction.CLIENT_TO_SERVER) - before).isEqualTo(4);
        proxy.heal();
        assertThat(existing.read(4)).isEqualTo("four");
    }

    @Test
    void stall_fromClientToServer_holdsTheRequest() throws IOException {
        long before = proxy.passed(Direction.CLIENT_TO_SERVER);
        proxy.inject(Fault.stall(Direction.CLIENT_TO_SERVER));

        existing.send("four");
        assertThat(existing.hearsNothing()).isTrue();

        assertThat(proxy.passed(Direction.CLIENT_TO_SERVER)).isEqualTo(before);
        proxy.heal();
        assertThat(existing.read(4)).isEqualTo("four");
    }

    @Test
    void latency_delaysEachDirection() throws IOException {
        proxy.inject(Fault.latency(Duration.ofMillis(100)));

        Duration took = timeOf(() -> existing.ask("ping"));

        assertThat(took).isBetween(Duration.ofMillis(200), Duration.ofMillis(1500));
    }

    @Test
    void latency_ofManyRequestsInFlight_isPaidOnceAndNotOnceForEach() throws IOException {
        proxy.inject(Fault.latency(Duration.ofMillis(100)));

        Duration took = timeOf(() -> {
            for (int i = 0; i < 20; i++) {
                existing.send("ping");
            }
            existing.read(80);
        });

        assertThat(took).isBetween(Duration.ofMillis(200), Duration.ofMillis(1500));
    }

    @Test
    void latency_withJitter_keepsTheOrder() throws IOException {
        proxy.inject(Fault.latency(Duration.ofMillis(1), Duration.ofMillis(20)));
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String word = "word " + i + "; ";
            existing.send(word);
            sent.append(word);
        }

        assertThat(existing.read(sent.length())).isEqualTo(sent.toString());
    }

    @Test
    void trickle_letsAThinLineThrough() throws IOException {
        proxy.inject(Fault.trickle(1000));

        Duration took = timeOf(() -> existing.ask("x".repeat(500)));

        assertThat(took).isBetween(Duration.ofMillis(450), Duration.ofMillis(4000));
    }

    @Test
    void trickle_healed_deliversTheRestAtOnce() throws IOException {
        proxy.inject(Fault.trickle(1));
        existing.send("x".repeat(5000));
        assertThat(existing.hearsNothing()).isTrue();

        proxy.heal();

        assertThat(existing.read(4990)).hasSize(4990);
    }

    @Test
    void cutAfter_letsThatManyBytesPassAndThenResets() throws IOException {
        proxy.inject(Fault.cutAfter(6, Direction.SERVER_TO_CLIENT));

        existing.send("hello again");

        assertThat(existing.read(6)).isEqualTo("hello ");
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> existing.read(1));
    }

    @Test
    void cutAfter_countsForEachConnectionOnItsOwn() throws IOException {
        proxy.inject(Fault.cutAfter(6, Direction.SERVER_TO_CLIENT));

        for (int i = 0; i < 3; i++) {
            try (Client fresh = new Client(proxy)) {
                fresh.send("hello again");
                assertThat(fresh.read(6)).isEqualTo("hello ");
                assertThatExceptionOfType(SocketException.class).isThrownBy(() -> fresh.read(1));
            }
        }
    }

    @Test
    void fault_withSenselessFigures_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.trickle(0)).withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.latency(Duration.ofMillis(-1)))
                .withMessageContaining("zero or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.cutAfter(-1, Direction.CLIENT_TO_SERVER))
                .withMessageContaining("zero or more");
    }

    private void assertNewConnectionWorks() throws IOException {
        try (Client fresh = new Client(proxy)) {
            assertThat(fresh.ask("back again")).isEqualTo("back again");
        }
    }

    private static Duration timeOf(Exchange exchange) throws IOException {
        long start = System.nanoTime();
        exchange.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private interface Exchange {
        void run() throws IOException;
    }
}
