package dev.mooring.spring.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The rules on a clock that the test moves. */
class ConnectionsTest {
    private static final ClientAddress ONE = address("192.0.2.1");
    private static final ClientAddress OTHER = address("192.0.2.2");
    private static final int MOST = 16;
    private static final int PLACES = 8;

    private final Connections<Integer> connections = new Connections<>(limits(OptionalInt.empty()));
    private final List<Socket> sockets = new ArrayList<>();

    /** Nearly at the end of the range, because the monotonic clock may pass it. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

    private static ConnectionLimits limits(OptionalInt perClient) {
        return new ConnectionLimits(
                MOST,
                perClient,
                OptionalInt.of(PLACES),
                Duration.ofSeconds(10),
                Duration.ofSeconds(76),
                Duration.ofSeconds(5));
    }

    private static ClientAddress address(String text) {
        try {
            return ClientAddress.of(new InetSocketAddress(InetAddress.getByName(text), 1));
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException(notAnAddress);
        }
    }

    @Test
    void firstHead_thatDoesNotComeWithinTenSeconds_endsTheConnection() {
        Connection connection = open(ONE);
        after(9.9);
        connection.rests(); // after an empty line
        after(0.05);
        assertThat(sockets.get(0).inputEnded).isFalse();

        after(0.2);

        assertThat(sockets.get(0).inputEnded).isTrue();
    }

    @Test
    void laterHead_hasTenSecondsFromItsFirstByte() {
        Connection connection = open(ONE);
        connection.begun();
        connection.rests();
        after(30);
        connection.headBegun();
        after(0.1);
        after(9.9);
        assertThat(sockets.get(0).inputEnded).isFalse();

        after(0.2);

        assertThat(sockets.get(0).inputEnded).isTrue();
    }

    @Test
    void idleConnection_thatSendsEmptyLines_endsAfterTheIdleTime() {
        Connection connection = open(ONE);
        connection.begun();
        for (int second = 0; second <= 75; second++) {
            connection.rests();
            after(1);
        }
        assertThat(sockets.get(0).inputEnded).isFalse();

        after(2);

        assertThat(sockets.get(0).inputEnded).isTrue();
    }

    @Test
    void answer_thatItsClientTakesTooSlowly_isBrokenOff_howeverOftenTheClientReadsAByte() {
        open(ONE).begun();
        Socket socket = sockets.get(0);
        for (int tenth = 0; tenth < 50; tenth++) {
            socket.full = tenth % 2 == 0;
            after(0.1);
        }
        assertThat(socket.reset).isFalse();

        socket.full = true;
        after(0.2);

        assertThat(socket.reset).isTrue();
        assertThat(socket.inputEnded).as("as if the client had ended it").isFalse();
    }

    @Test
    void stream_hasNoLimitAsAWhole() {
        Connection connection = open(ONE);
        connection.begun();
        connection.answerWithin(Long.MAX_VALUE);
        sockets.get(0).full = true;

        after(1);
        after(1_000);

        assertThat(sockets.get(0).reset).isFalse();
    }

    @Test
    void request_thatTheApplicationServes_isLeftAlone() {
        Connection connection = open(ONE);
        connection.begun();
        connection.servedByApplication();
        sockets.get(0).full = true;

        after(1);
        after(1_000);

        assertThat(sockets.get(0).isUntouched()).isTrue();
    }

    @Test
    void connection_ofAnotherProtocol_isLeftAlone() {
        open(ONE);
        sockets.get(0).upgraded = true;
        after(1);
        sockets.get(0).upgraded = false; // as while a thread works on it

        after(1_000);

        assertThat(sockets.get(0).isUntouched()).isTrue();
    }

    @Test
    void requestsThatWaitForTheirClients_endWhenPlacesAreScarce_theLongestWaitingFirst() {
        for (int i = 0; i < PLACES; i++) {
            open(ONE).begun();
            sockets.get(i).full = true;
            after(0.1);
        }
        after(0.1);

        assertThat(sockets).filteredOn(socket -> socket.reset).containsExactly(sockets.get(0), sockets.get(1));
    }

    @Test
    void requestsThatWaitForTheirClients_stay_whileThereAreEnoughPlaces() {
        for (int i = 0; i < PLACES * 3 / 4; i++) {
            open(ONE).begun();
            sockets.get(i).full = true;
        }

        after(1);

        assertThat(sockets).allMatch(Socket::isUntouched);
    }

    @Test
    void requestsThatDoNotWaitForTheirClients_stay_howeverScarcePlacesAre() {
        for (int i = 0; i < PLACES; i++) {
            open(ONE).begun();
        }
        sockets.get(0).empty = true;

        after(1);

        assertThat(sockets).allMatch(Socket::isUntouched);
    }

    @Test
    void places_thatRunOut_areTakenFromTheClientThatHasMost_longestWaitingFirst() {
        for (int i = 0; i < 13; i++) {
            Connection connection = open(i < 4 ? OTHER : ONE);
            connection.begun();
            if (i != 5) {
                connection.rests();
            }
            after(0.1);
        }
        for (int i = 13; i < MOST; i++) {
            open(ONE).begun();
        }

        after(0.1);

        assertThat(sockets)
                .filteredOn(socket -> socket.inputEnded)
                .as("an eighth is free, and number 5 is being served")
                .containsExactly(sockets.get(4), sockets.get(6));
    }

    @Test
    void idleTime_getsShorter_whenFewPlacesAreFree() {
        for (int i = 0; i < MOST - 2; i++) {
            Connection connection = open(ONE);
            connection.begun();
            connection.rests();
        }
        after(0);
        after(37);
        assertThat(sockets).noneMatch(socket -> socket.inputEnded);

        after(2);

        assertThat(sockets).as("half of the time with half of a quarter").allMatch(socket -> socket.inputEnded);
    }

    @Test
    void client_hasAsManyConnectionsAsItMay_andAnotherOneInThePlaceOfAClosedOne() {
        Connections<Integer> limited = new Connections<>(limits(OptionalInt.of(2)));
        assertThat(limited.open(1, new Socket(), ONE, now)).isTrue();
        assertThat(limited.open(2, new Socket(), ONE, now)).isTrue();
        assertThat(limited.open(3, new Socket(), ONE, now)).isFalse();
        assertThat(limited.open(4, new Socket(), OTHER, now)).isTrue();

        limited.closed(1);
        limited.closed(1);

        assertThat(limited.open(5, new Socket(), ONE, now)).isTrue();
        assertThat(limited.open(6, new Socket(), ONE, now)).isFalse();
    }

    @Test
    void clients_withIpv6_areToldApartByTheirNetwork() {
        assertThat(address("2001:db8::1")).isEqualTo(address("2001:db8::2")).isNotEqualTo(address("2001:db8:0:1::1"));
        assertThat(ONE).isNotEqualTo(OTHER).isEqualTo(address("::ffff:192.0.2.1"));
    }

    @Test
    void answer_isKnownToHaveArrived_whenTheNextRequestComes_andNotWhenTheServiceEndedTheConnection() {
        AtomicReference<Boolean> told = new AtomicReference<>();
        Connection connection = open(ONE);
        connection.begun();
        connection.whenKnown(told::set);
        connection.begun();
        assertThat(told.getAndSet(null)).isTrue();

        connection.whenKnown(told::set);
        connection.rests();
        after(0.1);
        after(100);
        connection.closed(true);

        assertThat(told).hasNullValue();
    }

    private Connection open(ClientAddress client) {
        Socket socket = new Socket();
        connections.open(sockets.size(), socket, client, now);
        sockets.add(socket);
        return connections.of(sockets.size() - 1);
    }

    private void after(double seconds) {
        now += (long) (seconds * 1e9);
        assertThat(connections.sweep(now)).isPositive();
    }

    private static final class Socket implements ClientSocket {
        private boolean full;
        private boolean empty;
        private boolean upgraded;
        private boolean inputEnded;
        private boolean reset;

        boolean isUntouched() {
            return !inputEnded && !reset;
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public boolean isEmpty() {
            return empty;
        }

        @Override
        public boolean isUpgraded() {
            return upgraded;
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void endInput() {
            inputEnded = true;
        }

        @Override
        public void reset() {
            reset = true;
        }
    }
}
