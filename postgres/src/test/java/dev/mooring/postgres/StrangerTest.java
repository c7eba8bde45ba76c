package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose machine differs from ours: names with several addresses, time zones and locales that the server does not know. */
@Tag("server")
@Timeout(90)
@SuppressWarnings("AddressSelection") // literal addresses: there is nothing to select
class StrangerTest {
    @TempDir
    private Path folder;

    private static ChildProcess.Builder stranger(TestPostgres server, Map<String, String> more) {
        return ChildProcess.java(Stranger.class.getName())
                .environment(Rig.environment(server.port()))
                .environment(more);
    }

    private static List<String> run(ChildProcess.Builder stranger) {
        try (ChildProcess process = stranger.start()) {
            assertThat(process.awaitExit(Duration.ofSeconds(40)))
                    .as(process.toString())
                    .isZero();
            return process.lines();
        }
    }

    private static long millis(List<String> lines, String what) {
        String line =
                lines.stream().filter(one -> one.startsWith(what)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll(".* (\\d+) ms", "$1"));
    }

    @Test
    void addressOfSeveral_whoseFirstRefuses_isPassedOver() throws Exception {
        try (TestPostgres server = Rig.server()) {
            List<String> lines = run(named(server, "127.0.0.2", "::1", "127.0.0.1"));
            assertThat(lines).anyMatch(line -> line.startsWith("ready true"));
            assertThat(millis(lines, "ready")).isLessThan(4000);
        }
    }

    @Test
    void addressOfSeveral_whoseFirstIsABlackHole_isPassedOverAndComesLastFromThenOn() throws Exception {
        try (TestPostgres server = Rig.server();
                BlackHole hole = new BlackHole("127.0.0.2", server.port())) {
            List<String> lines = run(named(server, "127.0.0.2", "127.0.0.1"));
            assertThat(lines).anyMatch(line -> line.startsWith("ready true"));
            assertThat(millis(lines, "ready")).isLessThan(4000);
            assertThat(millis(lines, "second log-in"))
                    .as("with a limit of 10 s")
                    .isLessThan(1000);
            assertThat(hole.isDeaf()).as("the first address lets nothing in").isTrue();
        }
    }

    @Test
    @Tag("long")
    void addressOfIpv6_thatRefusesOrIsABlackHole_isPassedOver() throws Exception {
        try (TestPostgres server = Rig.server()) {
            isReached(named(server, "::1", "127.0.0.1"));
            if (hasIpv6()) {
                try (BlackHole hole = new BlackHole("::1", server.port())) {
                    isReached(named(server, "::1", "127.0.0.1"));
                    assertThat(hole.isDeaf())
                            .as("the first address lets nothing in")
                            .isTrue();
                }
            }
        }
    }

    /** Where the machine has no IPv6, a third address has the server, and that of IPv6 fails like the first. */
    @Test
    @Tag("long")
    void addressOfIpv6_behindOneOfIpv4ThatRefusesOrIsABlackHole_isReached() throws Exception {
        String last = hasIpv6() ? "::1" : "127.0.0.3";
        try (TestPostgres server = Rig.server();
                Relay relay = Relay.at(last, server.port())) {
            isReached(named(relay.port(), "127.0.0.1", "::1", last));
            try (BlackHole hole = new BlackHole("127.0.0.1", relay.port())) {
                isReached(named(relay.port(), "127.0.0.1", "::1", last));
                assertThat(hole.isDeaf())
                        .as("the first address lets nothing in")
                        .isTrue();
            }
        }
    }

    @Test
    void addressThatAcceptsAndDoesNotAnswer_comesLast() throws Exception {
        try (TestPostgres server = Rig.server();
                ServerSocket mute = new ServerSocket(server.port(), 50, InetAddress.getByName("127.0.0.2"))) {
            List<String> lines = run(named(server, "127.0.0.2", "127.0.0.1"));
            assertThat(lines).anyMatch(line -> line.startsWith("ready true"));
            assertThat(millis(lines, "second log-in"))
                    .as("with a limit of 10 s")
                    .isLessThan(1000);
            assertThat(mute.isClosed()).isFalse();
        }
    }

    private static void isReached(ChildProcess.Builder stranger) {
        List<String> lines = run(stranger);
        assertThat(lines).anyMatch(line -> line.startsWith("ready true"));
        assertThat(millis(lines, "ready")).isLessThan(4000);
        assertThat(millis(lines, "second log-in")).as("with a limit of 10 s").isLessThan(1000);
    }

    private static boolean hasIpv6() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return any.isBound();
        } catch (java.io.IOException none) {
            return false;
        }
    }

    private ChildProcess.Builder named(TestPostgres server, String... addresses) throws Exception {
        return named(server.port(), addresses);
    }

    /** A stranger for whom {@code db.test} has these addresses, in this order. */
    private ChildProcess.Builder named(int port, String... addresses) throws Exception {
        StringBuilder hosts = new StringBuilder();
        for (String address : addresses) {
            hosts.append(address).append(" db.test\n");
        }
        Path file = Files.writeString(folder.resolve("hosts"), hosts);
        String options = "-Djdk.net.hosts.file=" + file + " -Djava.net.preferIPv6Addresses=system";
        return ChildProcess.java(Stranger.class.getName())
                .environment(Rig.environment(port))
                .environment(Map.of("DATABASE_HOST", "db.test", "DATABASE_SSLMODE", "disable"))
                .environment("JAVA_TOOL_OPTIONS", options);
    }

    /** An address whose queue is full: a connect to it gets no answer. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket socket;
        private final List<Socket> queue = new ArrayList<>();

        BlackHole(String address, int port) throws Exception {
            socket = new ServerSocket(port, 1, InetAddress.getByName(address));
            for (int i = 0; i < 10 && !isDeaf(); i++) {
                // Each attempt that worked stays in the queue.
            }
        }

        boolean isDeaf() throws Exception {
            Socket client = new Socket();
            queue.add(client);
            try {
                client.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), 200);
                return false;
            } catch (java.net.SocketTimeoutException deaf) {
                return true;
            }
        }

        @Override
        public void close() throws Exception {
            for (Socket client : queue) {
                client.close();
            }
            socket.close();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"disable", "require", "verify-ca"})
    void timeZone_thatTheServerDoesNotKnow_becomesUtcAndIsToldOnce(String mode) {
        try (TestPostgres server = TestPostgres.builder().tls().start()) {
            Rig.prepare(server);
            Map<String, String> tls = Map.of(
                    "DATABASE_SSLMODE",
                    mode,
                    "DATABASE_SSLROOTCERT",
                    mode.startsWith("verify") ? server.certificate().toString() : "");
            List<String> lines = run(stranger(server, tls).environment("TZ", "PST"));
            assertThat(lines).contains("zone UTC, tls " + !mode.equals("disable"));
            assertThat(lines)
                    .filteredOn(line -> line.contains("the server does not know the time zone PST of this JVM"))
                    .hasSize(1);
        }
    }

    @Test
    void password_beyondAscii_isDecodedOrToldAsUndecodable() throws Exception {
        try (TestPostgres server = Rig.server()) {
            server.admin().changePassword(Rig.USER, "gr\u00fcn");
            assertThat(run(withPasswordIn(server, "C.UTF-8"))).anyMatch(line -> line.startsWith("ready true"));

            try (ChildProcess lost = withPasswordIn(server, "C").start()) {
                lost.awaitLine(
                        "DATABASE_PASSWORD holds characters that this process cannot decode", Duration.ofSeconds(20));
                assertThat(lost.awaitExit(Duration.ofSeconds(10))).isNotZero();
            }
        }
    }

    /** A stranger whose password comes as bytes of UTF-8, which this JVM might not be able to pass. */
    private static ChildProcess.Builder withPasswordIn(TestPostgres server, String locale) {
        Map<String, String> environment = Rig.environment(server.port());
        String java = "DATABASE_PASSWORD=$(printf 'gr\\303\\274n') exec \"$0\" -cp \"$1\" " + Stranger.class.getName();
        return ChildProcess.command(
                        "sh",
                        "-c",
                        java,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"))
                .environment(environment)
                .environment("LC_ALL", locale);
    }

    @Test
    void timeZone_thatTheServerKnows_staysThatOfTheJvm() {
        try (TestPostgres server = Rig.server()) {
            assertThat(run(stranger(server, Map.of("TZ", "Europe/Berlin")))).contains("zone Europe/Berlin, tls false");
        }
    }
}
