package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.FaultProxy;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that moves to another port, and a stranger who takes the old one. */
@Tag("server")
@Timeout(60)
class MovingPortTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void serverOnAnotherPort_isFoundByTheNextLogIn() throws Exception {
        try (TestPostgres server = Rig.server();
                FaultProxy first = FaultProxy.to(server.host(), server.port());
                FaultProxy second = FaultProxy.to(server.host(), server.port())) {
            AtomicInteger port = new AtomicInteger(first.port());
            Postgres postgres = Postgres.with(Rig.settings(scram(first.port())))
                    .movingPort(port::get)
                    .build();
            try (Mooring mooring = Mooring.supervise(postgres.dependency())) {
                assertThat(mooring.awaitCritical(LIMIT)).isTrue();
                port.set(second.port());
                first.close();

                await().atMost(LIMIT).until(() -> second.opened() > 0 && status(mooring) == Status.UP);
            } finally {
                postgres.close();
            }
        }
    }

    /** The ways in which a stranger without the password might still pass for the server. */
    enum Trick {
        ASKS_FOR_NOTHING,
        ASKS_FOR_CLEAR_TEXT,
        LEAVES_OUT_ITS_PROOF
    }

    @ParameterizedTest
    @EnumSource
    void stranger_onThePortOfAServerThatNeedsScram_neverPassesForIt(Trick trick) throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> pretend(stranger, trick, received), "stranger");
            answers.start();
            Postgres postgres = Postgres.of(Rig.settings(scram(stranger.getLocalPort())));
            try (Mooring mooring = Mooring.supervise(postgres.dependency())) {
                await().atMost(LIMIT).until(() -> mooring.health()
                        .dependency("database")
                        .flatMap(DependencyHealth::lastFailure)
                        .isPresent());
                assertThat(status(mooring)).isNotEqualTo(Status.UP);
                assertThat(mooring.health().ready()).isFalse();
            } finally {
                postgres.close();
            }
            stranger.close();
            answers.join();
        }
        assertThat(received.toString(StandardCharsets.ISO_8859_1))
                .contains(Rig.USER)
                .doesNotContain(Rig.PASSWORD);
    }

    private static Status status(Mooring mooring) {
        return mooring.health()
                .dependency("database")
                .map(DependencyHealth::status)
                .orElse(Status.UNKNOWN);
    }

    private static Map<String, String> scram(int port) {
        Map<String, String> environment = new HashMap<>(Rig.environment(port));
        environment.put("DATABASE_SSLMODE", "disable");
        environment.put("DATABASE_REQUIRE_AUTH", "scram-sha-256");
        return environment;
    }

    private static void pretend(ServerSocket stranger, Trick trick, ByteArrayOutputStream received) {
        while (!stranger.isClosed()) {
            try (Socket client = stranger.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                received.write(in.readNBytes(in.readInt() - 4));
                if (trick == Trick.ASKS_FOR_CLEAR_TEXT) {
                    ask(out, 3, "");
                    received.write(message(in));
                }
                if (trick == Trick.LEAVES_OUT_ITS_PROOF) {
                    ask(out, 10, "SCRAM-SHA-256\0\0");
                    String first = new String(message(in), StandardCharsets.ISO_8859_1);
                    String nonce = first.substring(first.indexOf("r=") + 2);
                    ask(out, 11, "r=" + nonce + "x,s=c2FsdHNhbHRzYWx0,i=4096");
                    received.write(message(in));
                }
                ask(out, 0, "");
                out.writeByte('Z');
                out.writeInt(5);
                out.writeByte('I');
                out.flush();
                received.write(in.readAllBytes());
            } catch (IOException gone) {
                // The next one, unless the test has ended.
            }
        }
    }

    private static void ask(DataOutputStream out, int method, String data) throws IOException {
        out.writeByte('R');
        out.writeInt(8 + data.length());
        out.writeInt(method);
        out.writeBytes(data);
        out.flush();
    }

    private static byte[] message(DataInputStream in) throws IOException {
        in.readByte();
        return in.readNBytes(in.readInt() - 4);
    }
}
