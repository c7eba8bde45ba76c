package dev.mooring.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.embedded.machine.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class NetworkDiagnosisTest {
    /** Runs {@code work} with the port of a server that reads one SSLRequest and answers with {@code answer}, or closes on 0. */
    private static void withServer(int answer, IntConsumer work) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().readNBytes(8);
                    if (answer != 0) {
                        client.getOutputStream().write(answer);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            work.accept(server.getLocalPort());
            served.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "S,PostgreSQL answers and offers TLS",
        "N,PostgreSQL answers and offers no TLS",
        "H,'answers, but not as PostgreSQL does'",
    })
    void server_thatAnswers_isToldByItsAnswer(char answer, String expected) throws IOException {
        withServer(answer, port -> assertThat(NetworkDiagnosis.look("127.0.0.1", port))
                .containsSequence("127.0.0.1 is 127.0.0.1")
                .anyMatch(line -> line.contains("127.0.0.1:" + port + " connects in") && line.endsWith(expected)));
    }

    @Test
    void server_thatClosesWithoutAWord_isToldAsSuch() throws IOException {
        withServer(0, port -> assertThat(NetworkDiagnosis.look("127.0.0.1", port))
                .anyMatch(line -> line.endsWith("closes without an answer")));
    }

    @Test
    void port_thatNobodyListensOn_doesNotConnect() {
        assertThat(NetworkDiagnosis.look("127.0.0.1", FreePort.choose()))
                .anyMatch(line -> line.contains("does not connect (Connection refused)"));
    }
}
