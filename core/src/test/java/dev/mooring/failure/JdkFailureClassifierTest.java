package dev.mooring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class JdkFailureClassifierTest {
    private final FailureClassifier classifier = FailureClassifier.jdk();

    static Stream<Arguments> known() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db"), FailureKind.NAME_NOT_RESOLVED),
                Arguments.of(new ConnectException("Connection refused"), FailureKind.CONNECTION_REFUSED),
                Arguments.of(new ConnectException("Connection timed out"), FailureKind.CONNECT_TIMEOUT),
                Arguments.of(new SocketTimeoutException("Connect timed out"), FailureKind.CONNECT_TIMEOUT),
                Arguments.of(new NoRouteToHostException("no route"), FailureKind.CONNECT_TIMEOUT),
                Arguments.of(new SocketTimeoutException("Read timed out"), FailureKind.RESPONSE_TIMEOUT),
                Arguments.of(new TimeoutException(), FailureKind.RESPONSE_TIMEOUT),
                Arguments.of(new SSLHandshakeException("bad certificate"), FailureKind.TLS_FAILED),
                Arguments.of(new SocketException("Connection reset"), FailureKind.CONNECTION_LOST),
                Arguments.of(new EOFException(), FailureKind.CONNECTION_LOST),
                Arguments.of(new RejectedExecutionException(), FailureKind.SATURATED),
                Arguments.of(new IllegalStateException("?"), FailureKind.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("known")
    void exception_has_its_kind_bare_and_wrapped(Exception error, FailureKind kind) {
        assertThat(classifier.classify(error)).contains(kind);
        assertThat(classifier.classify(new IllegalStateException(new IOException("wrapped", error))))
                .contains(kind);
    }

    @Test
    void caller_who_gave_up_says_nothing_about_the_dependency() {
        assertThat(classifier.classify(new InterruptedException())).isEmpty();
        assertThat(classifier.classify(new CancellationException())).isEmpty();
        assertThat(classifier.classify(new UncheckedIOException(new InterruptedIOException())))
                .isEmpty();
    }

    @Test
    void real_sockets_and_the_jdks_http_client_are_understood() throws Exception {
        int nobody;
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(kindOf(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()),
                                    1_000);
                            socket.setSoTimeout(50);
                            return socket.getInputStream().read();
                        }
                    }))
                    .isEqualTo(FailureKind.RESPONSE_TIMEOUT);
            assertThat(kindOf(() -> get(silent.getLocalPort()))).isEqualTo(FailureKind.RESPONSE_TIMEOUT);
            nobody = silent.getLocalPort();
        }
        assertThat(kindOf(() -> get(nobody))).isEqualTo(FailureKind.CONNECTION_REFUSED);
    }

    @Test
    void loop_in_the_causes_ends() {
        Exception inner = new IllegalStateException("inner");
        Exception outer = new IllegalStateException("outer", inner);
        inner.initCause(outer);
        assertThat(classifier.classify(outer)).contains(FailureKind.UNKNOWN);
    }

    @Test
    void failure_is_one_short_line() {
        Exception error = new ConnectException("first line\n\tsecond " + "x".repeat(500));
        Failure failure = Failure.of(error, classifier, Instant.EPOCH).orElseThrow();
        assertThat(failure.message()).startsWith("first line second xxx").hasSizeLessThanOrEqualTo(301);
        assertThat(failure).hasToString("connection_refused: " + failure.message());
    }

    @Test
    void every_kind_has_a_code_and_a_hint() {
        for (FailureKind kind : FailureKind.values()) {
            assertThat(kind.code()).matches("[a-z]+(_[a-z]+)*");
            assertThat(kind.hint()).endsWith(".");
        }
    }

    private static Object get(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .timeout(Duration.ofSeconds(1))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }

    private FailureKind kindOf(java.util.concurrent.Callable<?> work) {
        try {
            work.call();
        } catch (Exception e) {
            return classifier.classify(e).orElseThrow();
        }
        throw new AssertionError("it did not fail");
    }
}
